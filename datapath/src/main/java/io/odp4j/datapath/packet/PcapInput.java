package io.odp4j.datapath.packet;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A capture file's bytes, read run by run into one buffer, and numbers out of it. */
final class PcapInput implements Closeable {
    private final InputStream stream;
    private final byte[] bytes = new byte[PcapWriter.MAX_PACKET];
    private final ByteBuffer numbers = ByteBuffer.wrap(bytes);
    private final ByteBuffer frame =
            ByteBuffer.allocateDirect(PcapWriter.MAX_PACKET).order(ByteOrder.nativeOrder());
    private long offset;

    PcapInput(InputStream stream) {
        this.stream = stream;
    }

    /** The file's first four bytes, as a big-endian number. */
    int magic() throws IOException {
        require(4);
        return numbers.getInt(0);
    }

    /** Sets the byte order by a magic number; false if it is that in neither order. */
    boolean orderFrom(int magic, int expected) {
        if (magic == expected) {
            numbers.order(ByteOrder.BIG_ENDIAN);
        } else if (Integer.reverseBytes(magic) == expected) {
            numbers.order(ByteOrder.LITTLE_ENDIAN);
        } else {
            return false;
        }
        return true;
    }

    /** Reads the next bytes; false if the file ends right here. */
    boolean read(int length) throws IOException {
        int read = 0;
        while (read < length) {
            int got = stream.read(bytes, read, length - read);
            if (got < 0) {
                if (read == 0) {
                    return false;
                }
                throw new PcapFormatException("the file ends", offset + read);
            }
            read += got;
        }
        offset += length;
        return true;
    }

    /** Reads the next bytes, which must be there. */
    void require(int length) throws IOException {
        if (length > 0 && !read(length)) {
            throw new PcapFormatException("the file ends", offset);
        }
    }

    void skip(long length) throws IOException {
        for (long left = length; left > 0; ) {
            int part = (int) Math.min(left, bytes.length);
            require(part);
            left -= part;
        }
    }

    int intAt(int at) {
        return numbers.getInt(at);
    }

    int shortAt(int at) {
        return numbers.getShort(at) & 0xffff;
    }

    int byteAt(int at) {
        return numbers.get(at) & 0xff;
    }

    /** Bytes of the file read so far. */
    long offset() {
        return offset;
    }

    /** Reads a packet into {@link #frame()}, then skips what follows it. */
    void packet(int length, long following) throws IOException {
        require(length);
        frame.put(0, bytes, 0, length);
        skip(following);
    }

    /** The last packet read, from offset 0 on. */
    ByteBuffer frame() {
        return frame;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
