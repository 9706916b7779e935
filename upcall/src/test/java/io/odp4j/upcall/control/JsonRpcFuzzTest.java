package io.odp4j.upcall.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Any bytes on a control socket, in pieces of any length: requests and replies, or the one
 * exception that ends the connection. What is understood is written, read again, and the same.
 */
class JsonRpcFuzzTest {
    private static final int LIMIT = 4096;

    @FuzzTest
    void shouldReadAnyStream(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        int piece = 1 + (bytes[0] & 0x7f);
        JsonFrames frames = new JsonFrames(inPieces(bytes, piece), LIMIT);
        try {
            for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
                assertThat(frame.length).isLessThanOrEqualTo(LIMIT);
                request(frame);
                reply(frame);
            }
        } catch (RpcSyntaxException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static void request(byte[] frame) throws IOException {
        RpcRequest request;
        try {
            request = RpcRequest.parse(frame);
        } catch (RpcSyntaxException e) {
            return;
        }
        assertThat(RpcRequest.parse(request.encode())).isEqualTo(request);
    }

    private static void reply(byte[] frame) throws IOException {
        RpcReply reply;
        try {
            reply = RpcReply.parse(frame);
        } catch (RpcSyntaxException e) {
            return;
        }
        assertThat(RpcReply.parse(reply.encode())).isEqualTo(reply);
    }

    /** The bytes but the first, so many at a time. */
    private static InputStream inPieces(byte[] bytes, int piece) {
        return new ByteArrayInputStream(bytes, 1, bytes.length - 1) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(piece, length));
            }
        };
    }
}
