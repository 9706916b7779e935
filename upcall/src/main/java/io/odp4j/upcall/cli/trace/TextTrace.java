package io.odp4j.upcall.cli.trace;

import io.odp4j.flowcache.rule.ActionFormatter;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.trace.Pass;
import io.odp4j.flowcache.trace.Rivals;
import io.odp4j.flowcache.trace.Step;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.util.List;

/** For people, in the manner of {@code ofproto/trace}. */
final class TextTrace implements TracePrinter {
    private static final int INDENT = 4;

    private final Output out;
    private final Explanation explanation;
    private boolean first = true;

    /**
     * @param explanation null for the outcome alone
     */
    TextTrace(Output out, Explanation explanation) {
        this.out = out;
        this.explanation = explanation;
    }

    @Override
    public void print(List<Pass> passes) throws IOException {
        for (Pass pass : passes) {
            if (!first) {
                out.line("");
            }
            first = false;
            if (pass.recircId() != 0) {
                String back =
                        pass.zone() >= 0
                                ? "back from the connection tracker, zone " + pass.zone()
                                : "back with its inner headers";
                out.format("recirc(0x%x) - %s", pass.recircId(), back);
            }
            out.line("Flow: " + pass.flow());
            if (explanation != null) {
                out.line("");
                for (Step step : pass.steps()) {
                    explain(step);
                }
                out.line("");
            }
            out.line("Megaflow: " + pass.megaflow());
            out.line("Datapath actions: " + pass.verdict().actionsText());
            if (pass.verdict().error() != null) {
                out.line("Dropped: " + pass.verdict().error());
            } else if (pass.verdict().needsUserspace()) {
                out.line("In userspace: the kernel cannot write some of these fields");
            }
            if (explanation != null && explanation.datapath() != null) {
                out.line("Datapath flow: " + explanation.datapath().flowFor(pass));
            }
        }
    }

    private void explain(Step step) throws IOException {
        String margin = " ".repeat(INDENT * step.depth());
        if (step instanceof Step.Lookup lookup) {
            String rule = lookup.rule() == null ? "no rule matches" : matched(lookup);
            out.format("%s%2d. %s", margin, lookup.table(), rule);
        } else if (step instanceof Step.Performed performed) {
            out.line(margin + ActionFormatter.of(performed.action()));
        }
        if (!step.looked().isEmpty()) {
            String deeper = step instanceof Step.Lookup ? " ".repeat(INDENT) : "";
            out.line(margin + deeper + " -> looked at " + step.looked());
        }
        if (step instanceof Step.Lookup lookup) {
            rivals(lookup, margin + " ".repeat(INDENT));
        }
    }

    private void rivals(Step.Lookup lookup, String margin) throws IOException {
        Rivals rivals = Rivals.of(explanation.rules().apply(lookup.table()), lookup);
        for (Rivals.Miss miss : rivals.nearly()) {
            out.line(
                    margin
                            + " -> nearly: "
                            + describe(miss.rule())
                            + ": wants "
                            + miss.wants()
                            + ", the packet has "
                            + miss.has());
        }
        for (Rule rule : rivals.hidden()) {
            out.line(margin + " -> hides: " + describe(rule));
        }
    }

    private static String describe(Rule rule) {
        String match = rule.match().toString();
        return (match.isEmpty() ? "" : match + ", ") + "priority " + rule.priority();
    }

    private String matched(Step.Lookup lookup) {
        Rule rule = lookup.rule();
        String cookie = rule.cookie() == 0 ? "" : ", cookie 0x" + Long.toHexString(rule.cookie());
        String counters =
                explanation.counted()
                        ? ", n_packets=" + rule.packets() + ", n_bytes=" + rule.bytes()
                        : "";
        return describe(rule) + cookie + counters;
    }
}
