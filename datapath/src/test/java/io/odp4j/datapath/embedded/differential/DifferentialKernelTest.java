package io.odp4j.datapath.embedded.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The embedded datapath against the kernel's: the same random requests and frames to both, and what
 * comes of each compared.
 *
 * <p>{@code -Dodp4j.differential.sequences} says how many sequences, {@code
 * -Dodp4j.differential.seed} which is the first. A sequence that differs is cut down to the steps
 * that it takes, and printed.
 */
@Tag("kernel")
class DifferentialKernelTest {
    private static final int SEQUENCES = Integer.getInteger("odp4j.differential.sequences", 300);
    private static final int REPORTED = Integer.getInteger("odp4j.differential.reported", 5);
    private static final int STEPS = 14;

    @Test
    void shouldAnswerAsTheNewestKernelDoes() throws Exception {
        assumeThat(System.getProperty("lab.kernel", "")).isNotEqualTo("uml");
        long first = Long.getLong("odp4j.differential.seed", 1);
        System.out.println("differential: seeds " + first + " to " + (first + SEQUENCES - 1));
        List<String> differences = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        int different = 0;
        try (KernelSubject kernel = KernelSubject.open();
                EmbeddedSubject ours = EmbeddedSubject.open()) {
            Comparison comparison = new Comparison(kernel, ours);
            for (long seed = first; seed < first + SEQUENCES; seed++) {
                List<Step> steps = RandomSteps.sequence(seed, STEPS);
                String difference = comparison.difference(steps);
                if (difference != null) {
                    different++;
                    // One of each kind: where, and how the first lines that differ begin.
                    boolean news =
                            kinds.add(difference.replaceAll("(?m)^(.{50}).*|step \\d+", "$1"));
                    if (news && differences.size() < REPORTED) {
                        differences.add("seed " + seed + ": " + comparison.shrunk(steps));
                        System.out.println(differences.get(differences.size() - 1));
                    }
                }
            }
            System.out.println(
                    "differential: "
                            + SEQUENCES
                            + " sequences of "
                            + STEPS
                            + " steps, "
                            + different
                            + " differ");
        }
        assertThat(differences).as("printed above").hasSize(0);
    }
}
