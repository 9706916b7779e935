package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowStatsTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 | -1 | 0 | packets:0, bytes:0, used:never",
                "1 | 98 | 504 | 0 | packets:1, bytes:98, used:0.504s",
                "3 | 294 | 12007 | 2 | packets:3, bytes:294, used:12.007s, flags:S",
                "-1 | 1 | 50 | 0x1a | packets:18446744073709551615, bytes:1, used:0.050s, flags:SP.",
                "1 | 1 | 0 | 0xfff |"
                        + " packets:1, bytes:1, used:0.000s, flags:SFPRU.ECN[200][400][800]",
            })
    void shouldPrintStatisticsAsDumpsDo(
            long packets, long bytes, long idle, String flags, String expected) {
        StringBuilder out = new StringBuilder();
        FlowStatsText.format(out, packets, bytes, idle, Integer.decode(flags));
        assertThat(out).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "00010203040506070809aabbccddeeff, ufid:03020100-0706-0504-bbaa-0908ffeeddcc",
        "00000000000000000000000000000000, ufid:00000000-0000-0000-0000-000000000000",
    })
    void shouldPrintUfidsAsWordsInHostByteOrder(String hex, String expected) {
        StringBuilder out = new StringBuilder();
        Ufid.format(out, Corpus.bytes(hex), 0);
        assertThat(out).hasToString(expected);
    }
}
