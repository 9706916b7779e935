package io.odp4j.upcall;

/**
 * How a stage of the agent is.
 *
 * @param stage the name of its thread
 * @param state whether it works
 * @param millis for how long it has made no progress, if it is stuck
 */
public record StageHealth(String stage, State state, long millis) {
    /** Whether a stage works. */
    public enum State {
        /** It works, or has nothing to do. */
        OK,
        /** There is work, and it makes no progress. */
        STUCK,
        /** Its thread has ended. */
        DEAD
    }

    /** As a person reads it: {@code odp4j-classifier-0 stuck for 5 s}. */
    @Override
    public String toString() {
        return switch (state) {
            case OK -> stage + " ok";
            case STUCK -> stage + " stuck for " + (millis + 500) / 1000 + " s";
            case DEAD -> stage + " dead";
        };
    }
}
