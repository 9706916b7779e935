package io.odp4j.upcall.cli.dpctl;

/** What was asked for cannot be done; exit status 1. */
final class DpctlException extends Exception {
    private static final long serialVersionUID = 1;

    DpctlException(String message) {
        super(message);
    }
}
