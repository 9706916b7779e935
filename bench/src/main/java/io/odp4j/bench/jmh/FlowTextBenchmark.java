package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowParser;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Flow keys and actions between attributes and the text of ovs-dpctl. */
@State(Scope.Thread)
public class FlowTextBenchmark extends StageBenchmark {
    private static final int MASK = Messages.COUNT - 1;

    /** Where the key's attributes start in a MISS. */
    private static final int KEY_OFFSET = 28;

    private static final String ACTIONS =
            "set(eth(src=02:00:00:00:00:01,dst=02:00:00:00:00:02)),set(ipv4(ttl=63)),"
                    + "ct(commit,zone=5,nat(src=10.0.0.1)),push_vlan(vid=100,pcp=0),3";

    private final Messages messages = new Messages(1);
    private final FlowFormatter formatter = new FlowFormatter(FlowTextOptions.MORE);
    private final ActionFormatter actionFormatter = new ActionFormatter(FlowTextOptions.PLAIN);
    private final FlowParser parser = new FlowParser();
    private final ActionParser actionParser = new ActionParser();
    private final StringBuilder text = new StringBuilder(1024);
    private final String[] texts = new String[Messages.COUNT];
    private final MessageWriter key = new MessageWriter();
    private final MessageWriter mask = new MessageWriter();
    private final ByteBuffer keyBuffer = Messages.buffer(4096);
    private final ByteBuffer maskBuffer = Messages.buffer(4096);
    private final ByteBuffer actions = Messages.buffer(4096);
    private final int actionsLength;
    private int slot;

    public FlowTextBenchmark() {
        for (int i = 0; i < texts.length; i++) {
            text.setLength(0);
            format(i);
            texts[i] = text.toString();
        }
        key.wrap(actions, 0, 4096);
        actionParser.parse(ACTIONS, key);
        actionsLength = key.written();
    }

    private void format(int i) {
        int at = i * Messages.SLOT + KEY_OFFSET;
        int length = (messages.upcalls().getShort(at - 4) & 0xffff) - 4;
        formatter.format(text, messages.upcalls(), at, length);
    }

    /** The key of a MISS of a 6.x kernel: Ethernet, IPv4, TCP. */
    @Benchmark
    public int formatKey() {
        slot = slot + 1 & MASK;
        text.setLength(0);
        format(slot);
        return text.length();
    }

    /** The same keys from their text, with a mask. */
    @Benchmark
    public int parseKey() {
        slot = slot + 1 & MASK;
        key.wrap(keyBuffer, 0, 4096);
        mask.wrap(maskBuffer, 0, 4096);
        parser.parse(texts[slot], key, mask);
        return key.written() + mask.written();
    }

    /** Five actions. */
    @Benchmark
    public int formatActions() {
        text.setLength(0);
        actionFormatter.format(text, actions, 0, actionsLength);
        return text.length();
    }

    @Benchmark
    public int parseActions() {
        key.wrap(keyBuffer, 0, 4096);
        actionParser.parse(ACTIONS, key);
        return key.written();
    }
}
