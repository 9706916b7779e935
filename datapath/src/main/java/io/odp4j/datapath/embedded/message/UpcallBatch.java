package io.odp4j.datapath.embedded.message;

import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.SendBatch;

/**
 * Upcalls on their way out: gathered while a batch of frames is worked on, each a datagram of its
 * own, and sent in one system call.
 */
public final class UpcallBatch {
    private static final int MOST = 64;
    private static final int BYTES = 512 * 1024;

    /** A packet, its key, and a list of actions: each at most 64 KiB, or less. */
    private static final int LONGEST = 192 * 1024;

    /** Hears what became of an upcall. */
    public interface Source {
        void upcallQueued();

        /** The socket was full, or gone. */
        void upcallLost();
    }

    private final Wire wire;
    private final DirectBuffer memory = new DirectBuffer(BYTES);
    private final MessageWriter writer = new MessageWriter();
    private final SendBatch batch = new SendBatch(MOST, 1);
    private final Source[] sources = new Source[MOST];
    private final int[] portIds = new int[MOST];
    private final int[] starts = new int[MOST];
    private final int[] lengths = new int[MOST];
    private int count;
    private int used;

    UpcallBatch(Wire wire) {
        this.wire = wire;
    }

    /** Starts an upcall; one that was not added is forgotten. */
    public MessageWriter begin() {
        if (count == MOST || BYTES - used < LONGEST) {
            flush();
        }
        return writer.wrap(memory.buffer(), used, BYTES - used);
    }

    /** The writer of the upcall that was begun. */
    public MessageWriter begun() {
        return writer;
    }

    /** Adds the first {@code length} bytes of what was written. */
    public void add(Source source, int portId, int length) {
        sources[count] = source;
        portIds[count] = portId;
        starts[count] = used;
        lengths[count++] = length;
        used += length + 7 & ~7;
    }

    /** Sends what was added. */
    public void flush() {
        if (count == 0) {
            return;
        }
        int next = 0;
        while (next < count) {
            if (wire.owesNews()) {
                // One by one: a socket is first told what it has lost.
                long address = memory.address() + starts[next];
                told(next, wire.send(portIds[next], address, lengths[next]));
                next++;
            } else {
                next = sendFrom(next);
            }
        }
        count = 0;
        used = 0;
    }

    /** Sends all from one on up to the first that fails; returns where to go on. */
    private int sendFrom(int first) {
        batch.clear();
        for (int i = first; i < count; i++) {
            batch.add(memory.address() + starts[i], lengths[i]);
            batch.endDatagram();
            batch.setDestination(i - first, portIds[i]);
        }
        int sent = Math.max(0, wire.send(batch));
        for (int i = first; i < first + sent; i++) {
            told(i, true);
        }
        int failed = first + sent;
        if (failed < count) {
            wire.lost(portIds[failed]);
            told(failed, false);
            failed++;
        }
        return failed;
    }

    private void told(int index, boolean queued) {
        if (queued) {
            sources[index].upcallQueued();
        } else {
            sources[index].upcallLost();
        }
        sources[index] = null;
    }
}
