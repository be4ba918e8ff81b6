/** Neighbours of an object, found without comparing each with each. */

/** Lists by key, in their own order; an item may have several keys. Node 20 lacks Map.groupBy. */
export function grouped<T, K>(
    items: Iterable<T>,
    keysOf: (item: T) => Iterable<K>,
): ReadonlyMap<K, T[]> {
    const groups = new Map<K, T[]>();
    for (const item of items) {
        for (const key of keysOf(item)) {
            const group = groups.get(key);
            if (group) group.push(item);
            else groups.set(key, [item]);
        }
    }
    return groups;
}

/** What comes before an item of a list: of each pair that conflicts, the later is told, once. */
export function before<T>(item: T, list: readonly T[] = []): readonly T[] {
    return list.slice(0, Math.max(0, list.indexOf(item)));
}
