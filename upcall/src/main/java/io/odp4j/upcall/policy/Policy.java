package io.odp4j.upcall.policy;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.upcall.action.ActionPort;

/**
 * Decides about packets. All calls come from one thread, its shard's classifier's; none may wait.
 *
 * <p>Of a policy that throws the packet is dropped, or goes where the agent's fallback says, and is
 * counted; the agent goes on.
 */
public interface Policy {
    /**
     * Decides about a packet that no flow matched.
     *
     * @param verdict empty and matching nothing; the policy adds actions and every field that it
     *     looked at. Where it says already that no flow is to be installed, the fields do not
     *     matter
     */
    void decide(FlowKey key, Verdict verdict);

    /**
     * Decides again about a flow that is installed: as {@link #decide}, but nothing may be learnt
     * from the key, which is no packet.
     */
    void decideAgain(FlowKey key, Verdict verdict);

    /**
     * Before the first packet: where userspace actions are to send packets, each with an {@link
     * io.odp4j.upcall.action.ActionCookie}.
     */
    default void attached(ActionPort port) {}

    /** The datapath's ports are these from now on, the local one among them. */
    default void portsChanged(int[] portNumbers) {}

    /** Packets matched a flow of this key; the policy may take them for a sign of life. */
    default void used(FlowKey key) {}

    /**
     * Packets were handled as {@link Verdict#attach} says: those that came up themselves, and those
     * that flows caught since the last call.
     *
     * @param attachment what the verdict of the packet or flow was given, never null
     */
    default void credit(Object attachment, long packets, long bytes) {}

    /** A flow of this key was in the datapath before the agent; what it says may be learnt. */
    default void adopted(FlowKey key) {}

    /** Called at every round of the revalidator. */
    default void tick() {}

    /** Changes whenever {@link #decideAgain} may decide differently than before. */
    default long version() {
        return 0;
    }
}
