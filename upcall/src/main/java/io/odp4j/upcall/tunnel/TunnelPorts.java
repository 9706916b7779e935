package io.odp4j.upcall.tunnel;

import java.util.Map;
import java.util.TreeMap;

/** Which ports are tunnels whose packets carry their tunnel. Immutable. */
public final class TunnelPorts {
    /** No port is one. */
    public static final TunnelPorts NONE = new TunnelPorts(Map.of());

    private final int[] numbers;
    private final TunnelSpec[] specs;

    /**
     * @param byNumber tunnels by port number; those that do not carry it in the packet are left out
     */
    public TunnelPorts(Map<Integer, TunnelSpec> byNumber) {
        Map<Integer, TunnelSpec> sorted = new TreeMap<>(byNumber);
        sorted.values().removeIf(spec -> !spec.isExternal());
        numbers = sorted.keySet().stream().mapToInt(Integer::intValue).toArray();
        specs = sorted.values().toArray(TunnelSpec[]::new);
    }

    public boolean isEmpty() {
        return numbers.length == 0;
    }

    /** The tunnel behind a port, or null: there are few. */
    public TunnelSpec at(int port) {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == port) {
                return specs[i];
            }
        }
        return null;
    }
}
