package io.onedump.storage;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many combinations of a backend and a fault were tried in this process, and how they ended. */
record FaultCount(Map<String, Integer> stored, Map<String, Integer> failed) {

    private static final FaultCount ALL = new FaultCount(new TreeMap<>(), new TreeMap<>());

    static FaultCount all() {
        return ALL;
    }

    void add(String backend, boolean hasStored) {
        (hasStored ? stored : failed).merge(backend, 1, Integer::sum);
        (hasStored ? failed : stored).putIfAbsent(backend, 0);
    }

    int combinations() {
        return sum(stored) + sum(failed);
    }

    @Override
    public String toString() {
        String backends =
                stored.keySet().stream().map(backend -> backend + " " + (stored.get(backend) + failed.get(backend)))
                        .collect(Collectors.joining(", "));
        return combinations() + " fault combinations (" + backends + "): " + sum(stored) + " puts ended with one"
                + " intact object, "
                + sum(failed) + " failed and left none";
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
