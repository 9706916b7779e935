package io.odp4j.bench.result;

import java.io.IOException;

/** A file is no result: the message says what was expected, and where. */
public final class ResultSyntaxException extends IOException {
    public ResultSyntaxException(String message) {
        super(message);
    }
}
