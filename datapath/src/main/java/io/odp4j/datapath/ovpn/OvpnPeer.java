package io.odp4j.datapath.ovpn;

import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import java.net.Inet4Address;
import java.net.InetSocketAddress;

/**
 * A peer: as it is to be, or as the kernel describes it.
 *
 * <pre>{@code
 * OvpnPeer.of(1).through(socket).remote(new InetSocketAddress("192.0.2.7", 1194)).keepalive(10, 60);
 * }</pre>
 *
 * @param attributes all that was said, by {@link OvpnAttributes#PEER_TABLE}
 */
public record OvpnPeer(AttributeList attributes) {
    // enum ovpn_del_peer_reason
    public static final int TEARDOWN = 0;
    public static final int USERSPACE = 1;
    public static final int EXPIRED = 2;
    public static final int TRANSPORT_ERROR = 3;
    public static final int TRANSPORT_DISCONNECT = 4;

    /**
     * A peer of that number.
     *
     * @param id 0 to 0xffffff
     */
    public static OvpnPeer of(int id) {
        return new OvpnPeer(new AttributeList(OvpnAttributes.PEER_TABLE))
                .put(OvpnAttributes.PEER_ID, id);
    }

    /** The socket that its packets go through. */
    public OvpnPeer through(OvpnSocket socket) {
        return put(OvpnAttributes.PEER_SOCKET, socket.fd());
    }

    /** Where its packets are sent to, with UDP. */
    public OvpnPeer remote(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        boolean v4 = address.getAddress() instanceof Inet4Address;
        put(v4 ? OvpnAttributes.PEER_REMOTE_IPV4 : OvpnAttributes.PEER_REMOTE_IPV6, bytes);
        return put(OvpnAttributes.PEER_REMOTE_PORT, address.getPort());
    }

    /**
     * Its address within the tunnel, of a device with many peers.
     *
     * @param address 4 or 16 bytes
     */
    public OvpnPeer inner(byte[] address) {
        return put(
                address.length == 4 ? OvpnAttributes.PEER_VPN_IPV4 : OvpnAttributes.PEER_VPN_IPV6,
                address);
    }

    /**
     * When it counts as gone.
     *
     * @param interval seconds of silence before a keepalive is sent
     * @param timeout seconds of silence before the peer is deleted
     */
    public OvpnPeer keepalive(int interval, int timeout) {
        return put(OvpnAttributes.PEER_KEEPALIVE_INTERVAL, interval)
                .put(OvpnAttributes.PEER_KEEPALIVE_TIMEOUT, timeout);
    }

    /** Any other attribute of {@link OvpnAttributes#PEER_TABLE}. */
    public OvpnPeer put(AttributeSpec attribute, Object value) {
        attributes.put(attribute, value);
        return this;
    }

    public int id() {
        return (int) attributes.number(OvpnAttributes.PEER_ID, -1);
    }

    /** Why it was deleted, of a notification of that: {@link #EXPIRED} and so on; else -1. */
    public int deletionReason() {
        return (int) attributes.number(OvpnAttributes.PEER_DEL_REASON, -1);
    }

    /** Packets within the tunnel that came from it. */
    public long receivedPackets() {
        return attributes.number(OvpnAttributes.PEER_VPN_RX_PACKETS, 0);
    }

    /** Packets within the tunnel that were sent to it. */
    public long sentPackets() {
        return attributes.number(OvpnAttributes.PEER_VPN_TX_PACKETS, 0);
    }
}
