package io.odp4j.upcall.control;

import java.io.IOException;

/** Bytes on a control socket that are no message of it; the connection cannot go on. */
public final class RpcSyntaxException extends IOException {
    private static final long serialVersionUID = 1L;

    RpcSyntaxException(String message) {
        super(message);
    }

    RpcSyntaxException(String message, Throwable cause) {
        super(message, cause);
    }
}
