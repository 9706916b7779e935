package io.odp4j.datapath.netlink;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes as a datagram: messages, attributes, errors. */
class MessageFuzzTest {
    @FuzzTest
    void shouldReadAnyDatagram(byte[] bytes) {
        MessageReaderTest.walk(Wire.direct(bytes), bytes.length);
    }
}
