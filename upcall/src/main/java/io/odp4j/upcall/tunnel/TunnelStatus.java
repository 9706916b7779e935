package io.odp4j.upcall.tunnel;

import io.odp4j.datapath.netlink.table.Display;

/**
 * The way that a tunnel's packets take to its remote end.
 *
 * @param state whether they reach the next hop
 * @param interfaceName device that they leave by; null if there is none
 * @param nextHop the gateway, or the remote end itself; null without a route
 * @param source source address that the route prefers; null if it prefers none
 * @param linkLayerAddress of the next hop; null while it is not known
 */
public record TunnelStatus(
        TunnelSpec tunnel,
        State state,
        String interfaceName,
        byte[] nextHop,
        byte[] source,
        byte[] linkLayerAddress) {

    /** How far packets come. */
    public enum State {
        /** Each flow says where to. */
        BY_FLOW("the flows say where to"),
        /** The next hop can be reached. */
        UP("up"),
        NO_ROUTE("no route"),
        LINK_DOWN("the link is down"),
        /** The next hop has not said what its link-layer address is. */
        NO_NEIGHBOUR("the next hop does not answer");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** A few words for a person. */
        public String text() {
            return text;
        }
    }

    /** What tells one way from another. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TunnelStatus that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** In a line: {@code vxlan0 to 10.0.0.2: up, through eth0 via 10.1.0.1 (52:54:…) from …}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(tunnel.name());
        if (tunnel.remote() != null) {
            text.append(" to ").append(Display.address(tunnel.remote()));
        }
        text.append(": ").append(state.text());
        if (interfaceName != null) {
            text.append(", through ").append(interfaceName);
        }
        if (nextHop != null) {
            text.append(" via ").append(Display.address(nextHop));
        }
        if (linkLayerAddress != null) {
            text.append(" (").append(Display.LLADDR.bytes(linkLayerAddress)).append(')');
        }
        if (source != null) {
            text.append(" from ").append(Display.address(source));
        }
        return text.toString();
    }
}
