package io.odp4j.upcall.action;

/**
 * Takes packets that a userspace action sent up, on the classifier's thread: it may not wait. What
 * it throws is counted, and its packet dropped.
 */
@FunctionalInterface
public interface ActionHandler {
    /**
     * Takes a packet.
     *
     * @param packet valid during the call alone
     */
    void handle(ActionPacket packet);
}
