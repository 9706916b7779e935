package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.netlink.MessageWriter;

/** Unknown attributes of a nest, kept until the known ones beside them have been written. */
final class UnknownRest {
    private final UnknownParser in;
    private Scratch attributes;
    private MessageWriter writer;

    UnknownRest(UnknownParser in) {
        this.in = in;
    }

    void clear() {
        writer = null;
    }

    /** Where the next ones are to be written. */
    MessageWriter writer() {
        if (writer == null) {
            attributes = attributes == null ? new Scratch() : attributes;
            writer = attributes.clear();
        }
        return writer;
    }

    /** Reads {@code attr41(0a0b)}; false if that does not stand here. */
    boolean read() {
        return in.isNext() && in.action(writer());
    }

    /** Writes what was read. */
    void appendTo(MessageWriter to) {
        if (writer != null) {
            int length = writer.written();
            int at = to.reserve(length);
            to.buffer().put(at, attributes.buffer(), 0, length);
        }
    }
}
