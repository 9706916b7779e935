package io.odp4j.datapath.embedded.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.odp4j.datapath.ovs.PacketAttributes;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Fragments in the kernel's datapath and in the embedded one: what ct puts together, what comes up,
 * and the fragments that leave. {@code -Dodp4j.fragments=N} says how many sequences, {@code
 * -Dodp4j.fragments.seed=N} which is the first.
 */
@Tag("kernel")
class FragmentKernelTest {
    private static final int SEQUENCES = Integer.getInteger("odp4j.fragments", 300);
    private static final int REPORTED = 5;
    private static final int IPV6_FRAGMENT = 44;
    private static final String MRU = " " + PacketAttributes.MRU.number() + "=";

    /** How many lines of each kind there were to compare, of both. */
    private final Map<String, Integer> seen = new TreeMap<>();

    @Test
    void shouldPutTogetherAndCutAsTheNewestKernelDoes() throws Exception {
        assumeThat(System.getProperty("lab.kernel", "")).isNotEqualTo("uml");
        long first = Long.getLong("odp4j.fragments.seed", System.nanoTime() & 0xff_ffff);
        System.out.println("fragments: seeds " + first + " to " + (first + SEQUENCES - 1));
        int steps = 0;
        int different = 0;
        try (KernelSubject kernel = KernelSubject.open();
                EmbeddedSubject ours = EmbeddedSubject.open()) {
            Comparison comparison = new Comparison(kernel, ours, this::essence);
            for (long seed = first; seed < first + SEQUENCES; seed++) {
                List<Step> sequence = FragmentSteps.sequence(seed);
                steps += sequence.size();
                String difference = comparison.difference(sequence);
                different += difference == null ? 0 : 1;
                if (difference != null && different <= REPORTED) {
                    System.out.println("seed " + seed + ": " + difference);
                    System.out.println(comparison.shrunk(sequence));
                }
            }
        }
        System.out.printf(
                "fragments: %d sequences, %d steps, %d differ%n", SEQUENCES, steps, different);
        seen.forEach((what, count) -> System.out.println("fragments: " + what + " " + count));
        assertThat(seen).as("packets put together, and fragments that leave").hasSize(4);
        assertThat(different).as("printed above").isZero();
    }

    private String essence(String line) {
        String rest = withoutIdentification(line);
        boolean sent = rest.startsWith("sent by ");
        boolean came = rest.startsWith("upcall ");
        if (sent || came) {
            boolean cut = sent ? !rest.equals(line) : rest.contains(MRU);
            seen.merge((sent ? "sent" : "upcall") + (cut ? ", cut" : ""), 1, Integer::sum);
        }
        return rest;
    }

    /** Of IPv6 fragments that leave: who cuts a packet draws its number. */
    private static String withoutIdentification(String line) {
        int hex = line.startsWith("sent by ") ? line.indexOf(": ") + 2 : -1;
        if (hex < 2) {
            return line;
        }
        byte[] frame = HexFormat.of().parseHex(line.substring(hex));
        int at = 12;
        while (type(frame, at) == 0x8100 || type(frame, at) == 0x88a8) {
            at += 4;
        }
        if (type(frame, at) != 0x86dd) {
            return line;
        }
        int next = frame[at + 8];
        at += 42;
        while ((next == 0 || next == 60) && at + 2 <= frame.length) {
            next = frame[at];
            at += ((frame[at + 1] & 0xff) + 1) * 8;
        }
        for (int i = at + 4; next == IPV6_FRAGMENT && i < Math.min(at + 8, frame.length); i++) {
            frame[i] = 0;
        }
        return line.substring(0, hex) + Step.hex(frame);
    }

    private static int type(byte[] frame, int at) {
        return at + 2 > frame.length ? 0 : (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }
}
