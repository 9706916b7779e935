package io.odp4j.upcall;

/** The agent cannot go on; the message says why, for a person. */
public final class AgentException extends Exception {
    private static final long serialVersionUID = 1;

    public AgentException(String message) {
        super(message);
    }

    public AgentException(String message, Throwable cause) {
        super(message, cause);
    }
}
