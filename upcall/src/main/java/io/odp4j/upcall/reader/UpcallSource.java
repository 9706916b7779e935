package io.odp4j.upcall.reader;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;

/** A socket that upcalls come to: of a vport, of several, or of a CPU. */
public final class UpcallSource {
    /** Bytes of kernel memory that a socket's queue may take by default. */
    public static final int RECEIVE_BUFFER = 4 << 20;

    private final int token;
    private final NetlinkSocket socket;
    private volatile String name;
    private volatile long losses;
    private boolean busy;

    private UpcallSource(int token, String name, NetlinkSocket socket) {
        this.token = token;
        this.name = name;
        this.socket = socket;
    }

    /**
     * Opens a socket for upcalls.
     *
     * @param token what names it among its reader's sockets
     * @param name what it is for, as a person knows it
     * @param receiveBuffer bytes of kernel memory that its queue may take
     */
    public static UpcallSource open(NetlinkEndpoint peer, int token, String name, int receiveBuffer)
            throws NetlinkException {
        NetlinkSocket socket = NetlinkSocket.openNonBlocking(peer);
        try {
            socket.setReceiveBuffer(receiveBuffer);
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
        return new UpcallSource(token, name, socket);
    }

    public int token() {
        return token;
    }

    public String name() {
        return name;
    }

    /** Calls it otherwise: other ports use it now. */
    public void rename(String otherwise) {
        name = otherwise;
    }

    public NetlinkSocket socket() {
        return socket;
    }

    /** How often the datapath said that it dropped upcalls because this queue was full. */
    public long losses() {
        return losses;
    }

    /** Counts a loss; by the reader's thread alone. */
    void lost() {
        losses = losses + 1;
    }

    /** Whether there was more in it than was read last; of the reader's thread alone. */
    boolean isBusy() {
        return busy;
    }

    void setBusy(boolean more) {
        busy = more;
    }
}
