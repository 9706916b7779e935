package io.odp4j.upcall.policy;

/**
 * A policy that {@code odp4j agent --policy NAME} can be told to decide by. Implementations are
 * found by {@link java.util.ServiceLoader}: a jar on the class path names them in {@code
 * META-INF/services/io.odp4j.upcall.policy.PolicyProvider}.
 */
public interface PolicyProvider {
    /** What it is called on the command line. */
    String name();

    /** Makes the policies of one agent. */
    PolicyFactory create();
}
