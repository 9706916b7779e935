package io.odp4j.upcall.action;

/**
 * Where a policy's userspace actions are to send packets.
 *
 * @param shard the policy's shard
 * @param portId for the userspace actions of its flows
 * @param controller whether somebody takes packets for the controller
 * @param samples whether somebody takes samples
 */
public record ActionPort(int shard, int portId, boolean controller, boolean samples) {
    /** Nobody takes anything. */
    public static final ActionPort NONE = new ActionPort(0, 0, false, false);
}
