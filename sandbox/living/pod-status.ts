import type { Pod, PodCondition } from "./objects";

/** How a pod is, as its processes say. */
export interface Health {
    readonly ready: boolean;
    /** Why it is not ready, for people. */
    readonly reason: string;
    /** How often each running container was started again, by name. */
    readonly restarts: Readonly<Record<string, number>>;
}

/** The status that kubelet would report of a pod that runs at `podIp`. */
export function statusOf(pod: Pod, podIp: string, health: Health, now: Date): object {
    const time = now.toISOString().replace(/\.\d+Z$/, "Z");
    const began = pod.status?.startTime ?? time;
    const condition = (type: string, is: boolean): PodCondition => {
        const status = is ? "True" : "False";
        const before = pod.status?.conditions?.find((found) => found.type === type);
        return {
            type,
            status,
            ...(is ? {} : { reason: "ContainersNotReady", message: health.reason }),
            lastTransitionTime:
                before?.status === status ? (before.lastTransitionTime ?? time) : time,
        };
    };
    const running = ({ name, image }: { name: string; image: string }): object => ({
        name,
        image,
        imageID: "",
        ready: health.ready,
        started: true,
        restartCount: health.restarts[name] ?? 0,
        state: { running: { startedAt: began } },
    });
    const scheduled = pod.status?.conditions?.filter(({ type }) => type === "PodScheduled") ?? [];
    return {
        phase: "Running",
        podIP: podIp,
        podIPs: [{ ip: podIp }],
        startTime: began,
        conditions: [
            ...scheduled,
            condition("Initialized", true),
            condition("Ready", health.ready),
            condition("ContainersReady", health.ready),
        ],
        containerStatuses: pod.spec.containers.map(running),
        initContainerStatuses: (pod.spec.initContainers ?? []).map((container) =>
            container.restartPolicy === "Always"
                ? running(container)
                : {
                      name: container.name,
                      image: container.image,
                      imageID: "",
                      ready: true,
                      restartCount: 0,
                      state: {
                          terminated: {
                              exitCode: 0,
                              reason: "Completed",
                              startedAt: began,
                              finishedAt: began,
                          },
                      },
                  },
        ),
    };
}

/** Whether what the API server holds says the same already. */
export function saysSame(pod: Pod, podIp: string, health: Health): boolean {
    const ready = pod.status?.conditions?.find(({ type }) => type === "Ready");
    return (
        pod.status?.phase === "Running" &&
        pod.status.podIP === podIp &&
        ready?.status === (health.ready ? "True" : "False") &&
        (health.ready || ready.message === health.reason)
    );
}
