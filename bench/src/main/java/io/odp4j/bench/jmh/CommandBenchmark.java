package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.ActionWriter;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.FlowCommand;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.PacketCommand;
import io.odp4j.datapath.ovs.UpcallMessage;
import java.nio.ByteBuffer;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The two requests that answer a miss: the flow's install, and the packet's execution. */
@State(Scope.Thread)
public class CommandBenchmark extends StageBenchmark {
    private static final int MASK = Messages.COUNT - 1;

    private final Messages messages = new Messages(1);
    private final MessageReader reader = new MessageReader();
    private final UpcallMessage upcall = new UpcallMessage();
    private final ByteBuffer out = Messages.buffer(4096);
    private final MessageWriter writer = new MessageWriter();
    private final ByteBuffer maskBytes = Messages.buffer(FlowKeyEncoder.MAX_LENGTH);
    private final FlowMask megaflow = new FlowMask();
    private final FlowCommand flows = new FlowCommand(families(), 7);
    private final PacketCommand packets = new PacketCommand(families(), 7);
    private final byte[] actions;
    private int slot;

    public CommandBenchmark() {
        megaflow.exact(FlowField.IN_PORT).exact(FlowField.DL_SRC).exact(FlowField.DL_DST);
        ActionWriter output = new ActionWriter().output(2);
        actions = new byte[output.length()];
        output.buffer().get(0, actions);
    }

    private static OvsFamilies families() {
        GenericFamily family = new GenericFamily("ovs", 30, 1, 4, Map.of());
        return new OvsFamilies(family, family, family, family);
    }

    private int next() {
        slot = slot + 1 & MASK;
        return slot;
    }

    /** FLOW NEW with ufid, key, the mask of a learning switch, one output. */
    @Benchmark
    public int install() {
        int i = next();
        writer.wrap(maskBytes, 0, maskBytes.capacity());
        FlowKeyEncoder.encodeMask(messages.key(i), megaflow, writer);
        int maskLength = writer.written();
        writer.wrap(out, 0, 4096);
        flows.install(writer, i, i, 1, messages.key(i), maskBytes, maskLength, actions);
        return writer.written();
    }

    /** EXECUTE by reference to the received packet; the view of the upcall is part of it. */
    @Benchmark
    public int execute() {
        int i = next();
        reader.wrap(messages.upcalls(), i * Messages.SLOT, messages.upcallLength(i));
        reader.next();
        upcall.wrap(reader);
        writer.wrap(out, 0, 4096);
        packets.begin(writer, i);
        packets.end(writer, upcall, actions, 0);
        return writer.written() + PacketCommand.keyOffset(upcall);
    }

    /** The view of the upcall alone, to be taken off {@link #execute}. */
    @Benchmark
    public int view() {
        int i = next();
        reader.wrap(messages.upcalls(), i * Messages.SLOT, messages.upcallLength(i));
        reader.next();
        upcall.wrap(reader);
        return upcall.packetOffset();
    }
}
