package io.odp4j.datapath.embedded.message;

import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageOverflowException;
import io.odp4j.datapath.netlink.MessageWriter;
import java.util.List;

/**
 * A dump under way: a list taken at its beginning, sent datagram by datagram as the requester has
 * room. What is deleted meanwhile is still listed, as it is then.
 */
public final class Dump<T> {
    /** Writes one object as a message. */
    public interface Encoder<T> {
        /**
         * @param brief leave out what may be long
         */
        void write(MessageWriter w, T object, int flags, boolean brief);
    }

    private static final int DATAGRAM = 32 * 1024;

    private final int portId;
    private final int sequence;
    private final List<? extends T> objects;
    private final Encoder<? super T> encoder;
    private final int error;
    private int next;
    private boolean done;

    public Dump(Request request, List<? extends T> objects, Encoder<? super T> encoder) {
        this(request, objects, encoder, 0);
    }

    private Dump(
            Request request, List<? extends T> objects, Encoder<? super T> encoder, int error) {
        this.portId = request.sender();
        this.sequence = request.sequence();
        this.objects = objects;
        this.encoder = encoder;
        this.error = error;
    }

    /** A dump that ends at once with an error. */
    public static Dump<Object> failed(Request request, int errno) {
        return new Dump<>(request, List.of(), (w, o, flags, brief) -> {}, errno);
    }

    public int portId() {
        return portId;
    }

    /** Sends what there is room for; true once everything is sent. */
    public boolean advance(Wire wire) {
        while (!done) {
            int from = next;
            MessageWriter w = wire.begin(DATAGRAM);
            if (next < objects.size()) {
                fill(w);
            } else {
                w.begin(MessageHeader.DONE, MessageHeader.MULTI, sequence).putRawU32(-error);
                w.setPortId(portId);
                w.end();
                done = true;
            }
            if (!wire.trySend(portId)) {
                next = from;
                done = false;
                return false;
            }
        }
        return true;
    }

    private void fill(MessageWriter w) {
        while (next < objects.size()) {
            int before = w.written();
            try {
                encoder.write(w, objects.get(next), MessageHeader.MULTI, false);
            } catch (MessageOverflowException e) {
                w.rollback();
                if (before > 0) {
                    return;
                }
                encoder.write(w, objects.get(next), MessageHeader.MULTI, true);
            }
            next++;
        }
    }
}
