// Command envoy-on-loopback stands where pilot-agent expects Envoy: it starts the real Envoy with the same
// arguments and lets it live on 127.0.0.0/8 without network namespaces, iptables or root.
//
// It reads INSTANCE_IP (the pod's address in the cluster), LOOPBACK_SLOT (the sandbox's part of 127.0.0.0/8, 0 to 7)
// and LOOPBACK_ENVOY (the real Envoy).
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"

	"istio.io/istio/pilot/cmd/pilot-agent/status/ready"
)

func main() {
	// Envoy is killed when the thread that started it ends: so that thread must be the one that never does.
	runtime.LockOSThread()
	log.SetPrefix("envoy-on-loopback: ")
	log.SetFlags(log.LstdFlags | log.LUTC)
	code, err := run(os.Args[1:])
	if err != nil {
		log.Print(err)
		os.Exit(1)
	}
	os.Exit(code)
}

func run(args []string) (int, error) {
	envoy := os.Getenv("LOOPBACK_ENVOY")
	if envoy == "" {
		return 0, fmt.Errorf("LOOPBACK_ENVOY is not set: it names the Envoy to start")
	}
	if slices.Contains(args, "--version") {
		return start(envoy, args)
	}
	at := slices.Index(args, "-c") + 1
	if at == 0 || at == len(args) {
		return 0, fmt.Errorf("no -c <bootstrap file> among the arguments %q", args)
	}
	content, err := os.ReadFile(args[at])
	if err != nil {
		return 0, err
	}
	known, err := readBootstrap(content, os.Getenv("INSTANCE_IP"), os.Getenv("LOOPBACK_SLOT"))
	if err != nil {
		return 0, err
	}
	args = slices.Clone(args)
	args[at] = filepath.Join(filepath.Dir(args[at]), "loopback-"+filepath.Base(args[at]))
	if err := os.WriteFile(args[at], known.config, 0o600); err != nil {
		return 0, err
	}
	if err := serve(known); err != nil {
		return 0, err
	}
	return start(envoy, args)
}

// serve answers Envoy's discovery and the kubelet's question whether the proxy is ready.
func serve(known bootstrap) error {
	if err := os.Remove(socketPath); err != nil && !os.IsNotExist(err) {
		return err
	}
	socket, err := net.Listen("unix", socketPath)
	if err != nil {
		return err
	}
	server, err := newDiscovery(known.pod)
	if err != nil {
		return err
	}
	status, err := net.Listen("tcp", fmt.Sprintf("%s:%d", known.pod.own(), statusPort))
	if err != nil {
		return err
	}
	probe := &ready.Probe{LocalHostAddr: "127.0.0.1", AdminPort: known.adminPort}
	answers := http.NewServeMux()
	answers.HandleFunc("/healthz/ready", func(w http.ResponseWriter, _ *http.Request) {
		if err := probe.Check(); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	})
	go func() { log.Print(server.Serve(socket)) }()
	go func() { log.Print(http.Serve(status, answers)) }()
	return nil
}

// start runs Envoy to its end and gives its exit code. Envoy never outlives this program, nor this program
// the one that started it.
func start(envoy string, args []string) (int, error) {
	child := exec.Command(envoy, args...)
	child.Stdout, child.Stderr = os.Stdout, os.Stderr
	child.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := child.Start(); err != nil {
		return 0, fmt.Errorf("Envoy can't be started: %w", err)
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	parent := os.Getppid()
	go func() {
		orphaned := time.NewTicker(time.Second)
		for {
			select {
			case received := <-signals:
				_ = child.Process.Signal(received)
			case <-orphaned.C:
				if os.Getppid() != parent {
					_ = child.Process.Signal(syscall.SIGTERM)
				}
			}
		}
	}()
	if err := child.Wait(); err != nil && child.ProcessState == nil {
		return 0, err
	}
	if code := child.ProcessState.ExitCode(); code >= 0 {
		return code, nil
	}
	return 0, fmt.Errorf("Envoy ended: %s", child.ProcessState)
}
