package io.odp4j.upcall.tunnel;

import io.odp4j.datapath.netlink.table.Display;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * One tunnel as it is asked for: a device of that name, made if there is none, that is a port.
 *
 * @param remote address of the remote end, 4 or 16 bytes; null where each flow says it
 * @param local source address; null where the route says it
 * @param key tunnel id; {@link #KEY_OF_FLOW} where each flow says it
 * @param udpPort UDP destination port of VXLAN and Geneve
 * @param tos type of service of outer headers
 * @param ttl time to live of outer headers
 * @param checksum whether outer UDP or GRE headers have checksums
 * @param dontFragment whether outer headers forbid fragments
 * @param wrap what UDP encapsulation GRE stands in
 * @param wrapPort UDP port of that, here and at the remote end
 */
public record TunnelSpec(
        String name,
        TunnelKind kind,
        byte[] remote,
        byte[] local,
        long key,
        int udpPort,
        int tos,
        int ttl,
        boolean checksum,
        boolean dontFragment,
        Wrap wrap,
        int wrapPort) {

    /** {@link #key}: the packet's own tunnel id, or what the policy sets. */
    public static final long KEY_OF_FLOW = -1;

    private static final int NAME_LENGTH = 15;
    private static final int DEFAULT_TTL = 64;
    private static final String FLOW = "flow";

    /** Encapsulations of the kernel's module fou. */
    public enum Wrap {
        NONE,
        FOU,
        GUE
    }

    /**
     * Reads {@code NAME,key=value,…}: type, remote, local, key, dst_port, tos, ttl, csum, df, encap
     * and encap_port.
     *
     * @throws IllegalArgumentException if it says what no tunnel can be, with the reason
     */
    public static TunnelSpec parse(String text) {
        String[] words = text.split(",", -1);
        Draft draft = new Draft(words[0]);
        for (String word : Arrays.asList(words).subList(1, words.length)) {
            int equals = word.indexOf('=');
            try {
                if (equals < 1) {
                    throw new IllegalArgumentException("'" + word + "' is no key=value");
                }
                draft.set(word.substring(0, equals), word.substring(equals + 1));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("tunnel " + words[0] + ": " + e.getMessage(), e);
            }
        }
        return draft.build();
    }

    /** Whether every packet carries its tunnel, and the device takes it from there. */
    public boolean isExternal() {
        return wrap == Wrap.NONE;
    }

    boolean keyOfFlow() {
        return key == KEY_OF_FLOW;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TunnelSpec that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name).append(",type=").append(kind.label());
        text.append(",remote=").append(remote == null ? FLOW : Display.address(remote));
        if (local != null) {
            text.append(",local=").append(Display.address(local));
        }
        text.append(",key=").append(keyOfFlow() ? FLOW : Long.toString(key));
        if (kind.port() != 0) {
            text.append(",dst_port=").append(udpPort);
        }
        if (tos != 0) {
            text.append(",tos=").append(tos);
        }
        text.append(",ttl=").append(ttl).append(",csum=").append(checksum);
        text.append(",df=").append(dontFragment);
        if (wrap != Wrap.NONE) {
            text.append(",encap=").append(wrap.name().toLowerCase(Locale.ROOT));
            text.append(",encap_port=").append(wrapPort);
        }
        return text.toString();
    }

    /** What has been read so far. */
    private static final class Draft {
        private final String name;
        private TunnelKind kind;
        private byte[] remote;
        private byte[] local;
        private long key;
        private int udpPort;
        private int tos;
        private int ttl = DEFAULT_TTL;
        private boolean checksum;
        private boolean dontFragment = true;
        private Wrap wrap = Wrap.NONE;
        private int wrapPort;

        Draft(String name) {
            this.name = Objects.requireNonNull(name);
            this.kind = TunnelKind.ofDevice(name).orElse(null);
        }

        void set(String field, String value) {
            switch (field) {
                case "type" ->
                        kind =
                                TunnelKind.named(value)
                                        .orElseThrow(
                                                () ->
                                                        new IllegalArgumentException(
                                                                "no tunnel type " + value));
                case "remote", "remote_ip" ->
                        remote = value.equals(FLOW) ? null : Display.IP.parse(value);
                case "local", "local_ip" -> local = Display.IP.parse(value);
                case "key" -> key = value.equals(FLOW) ? KEY_OF_FLOW : number(value, 0xffff_ffffL);
                case "dst_port" -> udpPort = (int) number(value, 0xffff);
                case "tos" -> tos = (int) number(value, 0xff);
                case "ttl" -> ttl = (int) number(value, 0xff);
                case "csum" -> checksum = truth(value);
                case "df" -> dontFragment = truth(value);
                case "encap" -> wrap = wrap(value);
                case "encap_port" -> wrapPort = (int) number(value, 0xffff);
                default -> throw new IllegalArgumentException("a tunnel has no " + field);
            }
        }

        private static Wrap wrap(String value) {
            return switch (value) {
                case "fou" -> Wrap.FOU;
                case "gue" -> Wrap.GUE;
                default -> throw new IllegalArgumentException("encap is fou or gue, not " + value);
            };
        }

        private static boolean truth(String value) {
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException(value + " is neither true nor false");
            }
            return value.equals("true");
        }

        private static long number(String value, long most) {
            try {
                long number = Long.decode(value);
                if (number >= 0 && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new IllegalArgumentException(value + " is no number of 0 to " + most);
        }

        TunnelSpec build() {
            require(!name.isEmpty() && name.length() <= NAME_LENGTH, "names have 1 to 15 letters");
            require(
                    kind != null,
                    "the name does not start with its type: give type=vxlan, geneve, gre or"
                            + " ip6gre");
            require(key < 1L << kind.keyBits(), "keys have " + kind.keyBits() + " bits");
            require(ttl > 0, "the ttl must not be 0");
            require(udpPort == 0 || kind.port() != 0, kind.label() + " has no dst_port");
            for (byte[] address : new byte[][] {remote, local}) {
                require(
                        address == null || kind.admits(address),
                        kind.label() + " has addresses of the other IP version");
            }
            require(
                    remote == null || local == null || remote.length == local.length,
                    "remote and local are of different IP versions");
            if (wrap == Wrap.NONE) {
                require(wrapPort == 0, "encap_port is the port of an encap");
            } else {
                require(kind == TunnelKind.GRE, "encap is for type gre");
                require(wrapPort != 0, "an encap needs its encap_port");
                require(
                        remote != null && key != KEY_OF_FLOW,
                        "with an encap, remote and key are the device's: they cannot be flow");
            }
            return new TunnelSpec(
                    name,
                    kind,
                    remote,
                    local,
                    key,
                    udpPort == 0 ? kind.port() : udpPort,
                    tos,
                    ttl,
                    checksum,
                    dontFragment,
                    wrap,
                    wrapPort);
        }

        private void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new IllegalArgumentException("tunnel " + name + ": " + otherwise);
            }
        }
    }
}
