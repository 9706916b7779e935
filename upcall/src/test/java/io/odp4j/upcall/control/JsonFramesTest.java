package io.odp4j.upcall.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFramesTest {
    private static final int LIMIT = 10_000;

    @Property(tries = 300)
    void shouldCutWhatFollowsWithoutDelimiterHoweverItComes(
            @ForAll @Size(max = 8) List<@StringLength(max = 60) String> texts, @ForAll long seed)
            throws IOException {
        List<String> sent = new ArrayList<>();
        StringBuilder stream = new StringBuilder();
        for (String text : texts) {
            String object = "{\"a\":[{\"b\":" + Json.quote(text) + "},[]],\"}\":{}}";
            sent.add(object);
            stream.append(object).append(" \r\n\t".substring(text.length() % 5));
        }
        JsonFrames frames = new JsonFrames(new Pieces(bytes(stream.toString()), seed), LIMIT);

        List<String> got = new ArrayList<>();
        for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
            got.add(new String(frame, StandardCharsets.UTF_8));
        }

        assertThat(got).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "[1]", "1", "\"{}\"", "{} }", "\0"})
    void shouldRefuseWhatIsNoObject(String text) {
        assertThatThrownBy(() -> readAll(text))
                .isInstanceOf(RpcSyntaxException.class)
                .hasMessageContaining("begins with");
    }

    @Test
    void shouldRefuseAnObjectThatIsCutOff() {
        assertThatThrownBy(() -> readAll("{} {\"a\":\"}"))
                .isInstanceOf(RpcSyntaxException.class)
                .hasMessage("the stream ends within a message");
    }

    @Test
    void shouldTakeAnObjectOfTheLimitAndRefuseAByteMore() throws IOException {
        String longest = "{\"a\":\"" + "x".repeat(LIMIT - 8) + "\"}";
        assertThat(new JsonFrames(stream(longest), LIMIT).next()).hasSize(LIMIT);

        assertThatThrownBy(() -> new JsonFrames(stream(longest + "}"), LIMIT - 1).next())
                .isInstanceOf(RpcSyntaxException.class)
                .hasMessage("a message of more than 9999 bytes");
    }

    private static void readAll(String text) throws IOException {
        JsonFrames frames = new JsonFrames(stream(text), LIMIT);
        while (frames.next() != null) {
            // Each is looked at in other tests.
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A stream that gives a random number of bytes at a time. */
    private static final class Pieces extends ByteArrayInputStream {
        private final Random random;

        Pieces(byte[] bytes, long seed) {
            super(bytes);
            random = new Random(seed);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 1 + random.nextInt(20)));
        }
    }
}
