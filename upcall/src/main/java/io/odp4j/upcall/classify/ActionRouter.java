package io.odp4j.upcall.classify;

import io.odp4j.datapath.flow.ActionWriter;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.ovs.UpcallMessage;
import io.odp4j.upcall.action.ActionCookie;
import io.odp4j.upcall.action.ActionHandler;
import io.odp4j.upcall.action.ActionHandlers;
import io.odp4j.upcall.action.ActionPacket;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.counter.Counters;
import io.odp4j.upcall.outbox.Outbox;
import io.odp4j.upcall.policy.Verdict;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a packet that a userspace action sent up to whoever its cookie names. One thread's. */
final class ActionRouter {
    private static final Logger LOG = LoggerFactory.getLogger(ActionRouter.class);

    private final ActionHandlers handlers;
    private final PolicyGuard policy;
    private final Outbox outbox;
    private final long memoryAddress;
    private final Counters counters;
    private final Verdict verdict = new Verdict();
    private final Packet packet = new Packet();
    private Class<?> said;

    /**
     * @param memoryAddress the address of the first byte of the buffer that upcalls lie in
     */
    ActionRouter(
            ActionHandlers handlers,
            PolicyGuard policy,
            Outbox outbox,
            long memoryAddress,
            Counters counters) {
        this.handlers = handlers;
        this.policy = policy;
        this.outbox = outbox;
        this.memoryAddress = memoryAddress;
        this.counters = counters;
    }

    /** Takes an upcall to its handler. */
    void route(UpcallMessage upcall, FlowKey key, int upcallPid) {
        packet.upcall = upcall;
        packet.key = key;
        packet.upcallPid = upcallPid;
        int kind =
                upcall.userdataLength() == 0
                        ? 0
                        : ActionCookie.kindOf(
                                upcall.buffer(), upcall.userdataOffset(), upcall.userdataLength());
        switch (kind) {
            case ActionCookie.CONTROLLER -> hand(handlers.controller(), Counter.ACTIONS_CONTROLLER);
            case ActionCookie.SAMPLE -> hand(handlers.samples(), Counter.ACTIONS_SAMPLED);
            case ActionCookie.USER ->
                    hand(handlers.users().get(packet.cookie().number()), Counter.ACTIONS_USER);
            case ActionCookie.SLOW_PATH -> slowPath();
            default -> counters.increment(Counter.ACTIONS_UNHANDLED);
        }
    }

    private void hand(ActionHandler handler, Counter counter) {
        if (handler == null) {
            counters.increment(Counter.ACTIONS_UNHANDLED);
            return;
        }
        counters.increment(counter);
        try {
            handler.handle(packet);
        } catch (RuntimeException | Error e) {
            counters.increment(Counter.ACTIONS_FAILED);
            if (said != e.getClass()) {
                said = e.getClass();
                LOG.error("the handler of {} failed", packet.cookie(), e);
            }
        }
    }

    private void slowPath() {
        counters.increment(Counter.ACTIONS_SLOW_PATH);
        verdict.clear();
        if (!policy.decide(packet.key, verdict)) {
            counters.increment(Counter.POLICY_DROPS);
        } else if (verdict.actions().isEmpty()) {
            counters.increment(Counter.PACKETS_DROPPED);
        } else {
            packet.execute(verdict.actions());
        }
    }

    /** The upcall at hand, as handlers see it. */
    private final class Packet implements ActionPacket {
        private UpcallMessage upcall;
        private FlowKey key;
        private int upcallPid;

        @Override
        public ActionCookie cookie() {
            return ActionCookie.read(upcall.buffer(), upcall.userdataOffset());
        }

        @Override
        public FlowKey key() {
            return key;
        }

        @Override
        public ByteBuffer buffer() {
            return upcall.buffer();
        }

        @Override
        public int offset() {
            return upcall.packetOffset();
        }

        @Override
        public int length() {
            return upcall.packetLength();
        }

        @Override
        public int fullLength() {
            return upcall.fullLength();
        }

        @Override
        public byte[] toBytes() {
            byte[] bytes = new byte[length()];
            buffer().get(offset(), bytes);
            return bytes;
        }

        @Override
        public void execute(ActionWriter actions) {
            outbox.execute(upcall, memoryAddress, actions, upcallPid);
        }
    }
}
