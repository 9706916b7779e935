package io.odp4j.flowcache.rule.field;

/** States of connections as commands take them: {@code trk,est}. */
public final class CtStates {
    private CtStates() {}

    /**
     * Reads names with commas, blanks or bars between them.
     *
     * @return bits of ct_state
     * @throws IllegalArgumentException if one is none
     */
    public static int parse(String text) {
        return (int) FlagNames.CT_STATE.set(text.strip().replaceAll("[,\\s]+", "|")).low();
    }
}
