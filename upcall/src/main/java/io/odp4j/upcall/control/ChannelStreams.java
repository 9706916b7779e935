package io.odp4j.upcall.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/**
 * A socket's bytes as streams, through a direct buffer each: the socket's own streams hand jnr
 * arrays, which it copies whole for every system call, and lose bytes of large answers on JDK 25.
 */
final class ChannelStreams {
    private static final int ROOM = 1 << 16;

    private ChannelStreams() {}

    static InputStream input(ByteChannel channel) {
        return new Input(channel);
    }

    static OutputStream output(ByteChannel channel) {
        return new Output(channel);
    }

    private static final class Input extends InputStream {
        private final ByteChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);

        private Input(ByteChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            buffer.clear().limit(Math.min(length, ROOM));
            int read = channel.read(buffer);
            if (read > 0) {
                buffer.get(0, into, offset, read);
            }
            return read;
        }
    }

    private static final class Output extends OutputStream {
        private final ByteChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);

        private Output(ByteChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            for (int at = 0; at < length; at += ROOM) {
                buffer.clear();
                buffer.put(from, offset + at, Math.min(ROOM, length - at)).flip();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        }
    }
}
