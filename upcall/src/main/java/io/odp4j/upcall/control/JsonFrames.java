package io.odp4j.upcall.control;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of JSON objects that follow each other without any delimiter into single ones, as
 * Open vSwitch's JSON-RPC puts them on a stream (RFC 7047, 4).
 *
 * <p>It looks at braces, brackets and strings alone; whether an object is well formed is found by
 * the one who parses it. An object may have at most so many bytes: the buffer grows with what has
 * come, never with what was announced.
 */
final class JsonFrames {
    private static final int FIRST_BUFFER = 4096;

    private final InputStream in;
    private final int limit;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int filled;
    private int scanned;
    private int depth;
    private boolean inString;
    private boolean escaped;

    /**
     * @param in where the bytes come from
     * @param limit the most bytes that one object may have
     */
    JsonFrames(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /**
     * The next object, or null where the stream ends between two.
     *
     * @throws RpcSyntaxException if what comes is no object, is too long, or ends within
     */
    byte[] next() throws IOException {
        while (true) {
            int end = scan();
            if (end > 0) {
                return take(end);
            }
            if (filled >= limit) {
                throw new RpcSyntaxException("a message of more than " + limit + " bytes");
            }
            if (filled == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(limit, buffer.length * 2));
            }
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                if (depth > 0) {
                    throw new RpcSyntaxException("the stream ends within a message");
                }
                return null;
            }
            filled += read;
        }
    }

    /** Where the first object ends, or 0 if it is not there whole. */
    private int scan() throws RpcSyntaxException {
        while (scanned < filled) {
            byte c = buffer[scanned++];
            if (depth == 0) {
                start(c);
            } else if (inString) {
                string(c);
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return scanned;
            }
        }
        return 0;
    }

    private void start(byte c) throws RpcSyntaxException {
        if (c == '{') {
            depth = 1;
        } else if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            drop(scanned);
        } else {
            throw new RpcSyntaxException(
                    String.format("a message begins with 0x%02x instead of '{'", c & 0xff));
        }
    }

    private void string(byte c) {
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            inString = false;
        }
    }

    private byte[] take(int end) {
        byte[] frame = Arrays.copyOf(buffer, end);
        drop(end);
        return frame;
    }

    private void drop(int bytes) {
        System.arraycopy(buffer, bytes, buffer, 0, filled - bytes);
        filled -= bytes;
        scanned = 0;
    }
}
