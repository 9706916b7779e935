package io.odp4j.flowcache.trace;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.RuleMatch;
import io.odp4j.flowcache.rule.field.RuleKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Rules that a lookup did not choose and that somebody may have expected to be chosen.
 *
 * @param nearly rules that would have been chosen, and do not match for a field or two
 * @param hidden rules that match as well, of lower priority than the one chosen
 */
public record Rivals(List<Miss> nearly, List<Rule> hidden) {
    private static final int MOST = 3;
    private static final int MOST_FIELDS = 2;
    private static final Comparator<Rule> HIGHEST_FIRST =
            Comparator.comparingInt(Rule::priority).reversed();

    /**
     * A rule that does not match.
     *
     * @param fields how many fields are not as it asks
     * @param wants what it asks of those
     * @param has what the packet has there
     */
    public record Miss(Rule rule, int fields, String wants, String has) {}

    /**
     * Looks through the rules of the table that was looked into.
     *
     * @param rules all of them, in any order
     */
    public static Rivals of(Collection<Rule> rules, Step.Lookup lookup) {
        List<Miss> nearly = new ArrayList<>();
        List<Rule> hidden = new ArrayList<>();
        int chosen = lookup.rule() == null ? -1 : lookup.rule().priority();
        for (Rule rule : rules) {
            if (rule == lookup.rule() || rule.isSoft()) {
                continue;
            }
            if (rule.match().matches(lookup.packet())) {
                if (rule.priority() <= chosen) {
                    hidden.add(rule);
                }
            } else if (rule.priority() > chosen) {
                Miss miss = miss(rule, lookup.packet());
                if (miss.fields <= MOST_FIELDS) {
                    nearly.add(miss);
                }
            }
        }
        nearly.sort(Comparator.comparingInt(Miss::fields).thenComparing(Miss::rule, HIGHEST_FIRST));
        hidden.sort(HIGHEST_FIRST);
        return new Rivals(
                nearly.subList(0, Math.min(MOST, nearly.size())),
                hidden.subList(0, Math.min(MOST, hidden.size())));
    }

    private static Miss miss(Rule rule, long[] packet) {
        RuleMatch wants = new RuleMatch();
        RuleMatch has = new RuleMatch();
        int fields = 0;
        for (FlowField field : FlowField.values()) {
            int from = field.word();
            boolean differs = false;
            for (int w = from; w < from + field.words(); w++) {
                differs |= (differing(rule, packet, w) & field.wordMask()) != 0;
            }
            if (differs) {
                fields++;
                for (int w = from; w < from + field.words(); w++) {
                    show(rule, packet, w, field.wordMask(), wants, has);
                }
            }
        }
        for (int w = FlowKey.WORDS; w < RuleKey.WORDS; w++) {
            if (differing(rule, packet, w) != 0) {
                fields++;
                show(rule, packet, w, -1, wants, has);
            }
        }
        return new Miss(rule, fields, wants.toString(), has.toString());
    }

    private static long differing(Rule rule, long[] packet, int word) {
        return (rule.match().value()[word] ^ packet[word]) & rule.match().mask()[word];
    }

    private static void show(
            Rule rule, long[] packet, int word, long bits, RuleMatch wants, RuleMatch has) {
        long mask = rule.match().mask()[word] & bits;
        wants.mask()[word] |= mask;
        wants.value()[word] |= rule.match().value()[word] & mask;
        has.mask()[word] |= mask;
        has.value()[word] |= packet[word] & mask;
    }
}
