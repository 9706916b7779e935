package io.odp4j.upcall.reader;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;

/**
 * A socket that upcalls come to: the one of a vport, or of CPUs.
 *
 * @param token what names it among the reader's sockets
 * @param name what it is for, as a person knows it
 */
public record UpcallSource(int token, String name, NetlinkSocket socket) {
    /** Bytes of kernel memory that a socket's queue may take. */
    public static final int RECEIVE_BUFFER = 4 << 20;

    /** Opens a socket for upcalls. */
    public static UpcallSource open(NetlinkEndpoint peer, int token, String name)
            throws NetlinkException {
        NetlinkSocket socket = NetlinkSocket.openNonBlocking(peer);
        try {
            socket.setReceiveBuffer(RECEIVE_BUFFER);
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
        return new UpcallSource(token, name, socket);
    }
}
