package io.odp4j.datapath.embedded.device;

import static io.odp4j.datapath.netlink.LibC.C;

import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.embedded.port.FrameBatch;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.LibC;
import io.odp4j.datapath.netlink.MessageVector;
import java.nio.ByteBuffer;

/**
 * A socket whose datagrams are frames: batches in by recvmmsg(2), batches out by sendmmsg(2), none
 * of which waits. Each frame may have a prefix of its own memory. What is received and what is sent
 * may be by two threads.
 */
final class FrameSocket {
    private static final int BATCH = 32;

    private final int fd;
    private final int prefixBytes;
    private final FrameBatch incoming = new FrameBatch(BATCH);
    private final FrameBatch outgoing = new FrameBatch(BATCH);
    private final DirectBuffer prefixes;
    private final DirectBuffer noPrefix;
    private final MessageVector received;
    private final MessageVector sent;
    private final int[] lengths = new int[BATCH];
    private int queued;

    /**
     * @param prefixBytes bytes before each frame; sent as zeros
     * @param controlBytes room for control messages of each frame received, a multiple of 8
     */
    FrameSocket(int fd, int prefixBytes, int controlBytes) {
        this.fd = fd;
        this.prefixBytes = prefixBytes;
        prefixes = new DirectBuffer(BATCH * (prefixBytes + 8));
        noPrefix = new DirectBuffer(prefixBytes + 8);
        received = new MessageVector(BATCH, 2, controlBytes);
        sent = new MessageVector(BATCH, 2, 0);
        for (int i = 0; i < BATCH; i++) {
            received.setVector(i, 0, prefixes.address() + prefixOffset(i), prefixBytes);
            received.setVector(i, 1, incoming.slotAddress(i), FrameBatch.LONGEST);
            sent.setVector(i, 0, noPrefix.address(), prefixBytes);
            sent.noName(i);
        }
    }

    int fd() {
        return fd;
    }

    private int prefixOffset(int index) {
        return index * (prefixBytes + 8);
    }

    /**
     * Receives what is there.
     *
     * @return how many frames, to be looked at by index; 0 if none is there, or on an error
     */
    int receive() {
        incoming.clear();
        for (int i = 0; i < BATCH; i++) {
            received.reset(i);
        }
        return Math.max(0, C.recvmmsg(fd, received.address(0), BATCH, LibC.MSG_DONTWAIT, 0));
    }

    /** The batch to which {@link #receive}'s frames are to be added, those that are good. */
    FrameBatch incoming() {
        return incoming;
    }

    /** Bytes of received frame {@code index}, without its prefix; -1 if it was cut off. */
    int length(int index) {
        boolean cut = (received.flags(index) & LibC.MSG_TRUNC) != 0;
        return cut ? -1 : received.length(index) - prefixBytes;
    }

    /** The prefix of received frame {@code index}: {@code prefixes().getShort(prefix(index))}. */
    int prefix(int index) {
        return prefixOffset(index);
    }

    ByteBuffer prefixes() {
        return prefixes.buffer();
    }

    /** A word of a control message of a received frame. */
    int controlWord(int index, int level, int type, int word, int absent) {
        return received.controlWord(index, level, type, word, absent);
    }

    /** Takes a frame that is to be sent. */
    void queue(DeviceLink link, ByteBuffer frame, int offset, int length) {
        if (queued == BATCH) {
            flush(link);
        }
        int at = outgoing.slotOffset(queued);
        outgoing.buffer().put(at, frame, offset, length);
        sent.setVector(queued, 1, outgoing.slotAddress(queued), length);
        lengths[queued++] = length;
    }

    /**
     * Sends what was taken; what cannot be sent is gone, and counted.
     *
     * @return the error of the last frame that could not be sent, or null
     */
    Errno flush(DeviceLink link) {
        Errno error = null;
        int next = 0;
        while (next < queued) {
            int done = C.sendmmsg(fd, sent.address(next), queued - next, LibC.MSG_DONTWAIT);
            if (done > 0) {
                next += done;
                continue;
            }
            int errno = LibC.errno();
            if (errno == Errno.EINTR.number()) {
                continue;
            }
            error = Errno.of(errno);
            // Only the first is known not to go; those behind it may, unless there is no room.
            int lost = errno == Errno.EAGAIN.number() ? queued - next : 1;
            for (int i = 0; i < lost; i++) {
                link.notSent(1, lengths[next++]);
            }
        }
        queued = 0;
        return error;
    }

    void close() {
        C.close(fd);
    }
}
