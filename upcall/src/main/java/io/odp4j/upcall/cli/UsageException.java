package io.odp4j.upcall.cli;

/** Arguments that parse but make no sense; exit status 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
