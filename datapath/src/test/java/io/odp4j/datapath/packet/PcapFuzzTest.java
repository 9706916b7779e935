package io.odp4j.datapath.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any bytes as a capture file. */
class PcapFuzzTest {
    @FuzzTest
    void shouldReadAnyCapture(byte[] bytes) {
        int frames = 0;
        try (PcapReader reader = new PcapReader(new ByteArrayInputStream(bytes))) {
            while (reader.next()) {
                frames++;
                assertThat(reader.bytes()).hasSize(reader.length());
                reader.timestampNanos();
            }
        } catch (IOException e) {
            assertThat(e).isInstanceOf(PcapFormatException.class);
        }
        assertThat(frames).isLessThanOrEqualTo(bytes.length);
    }
}
