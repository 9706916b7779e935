package io.odp4j.flowcache.rule.field;

import io.odp4j.datapath.flow.FlowKey;

/**
 * What rules match on: a flow key's words, and behind them what only the pipeline knows.
 *
 * <pre>
 *  word  0 .. WORDS-1 of FlowKey   as there
 *        REGISTERS     8 words     reg0 (high half), reg1 (low half), reg2 …
 *        METADATA      1 word
 *        CONJ_ID       1 word      the conjunction that matched, else 0
 * </pre>
 */
public final class RuleKey {
    public static final int REGISTERS = FlowKey.WORDS;
    public static final int REGISTER_COUNT = 16;
    public static final int METADATA = REGISTERS + REGISTER_COUNT / 2;
    public static final int CONJ_ID = METADATA + 1;

    /** Words of a rule key. */
    public static final int WORDS = CONJ_ID + 1;

    private RuleKey() {}

    /** Whether a word is a packet's rather than the pipeline's own. */
    public static boolean isOfPacket(int word) {
        return word < FlowKey.WORDS;
    }
}
