package io.odp4j.upcall.cli;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.text.FlowParser;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.flowcache.rule.field.OpenFlowPort;
import io.odp4j.flowcache.rule.parse.RuleParser;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A packet's key from text, in the syntax of the datapath, {@code in_port(1),eth(src=…)}, or of
 * OpenFlow, {@code in_port=1,tcp,nw_src=10.0.0.1}. In both a port may be named.
 */
public final class PacketText {
    private static final int KEY_BYTES = 8192;
    private static final int FRAGMENT_LATER = 2;
    private static final Pattern DATAPATH = Pattern.compile("^\\s*[a-z_0-9]+\\(.*", Pattern.DOTALL);
    private static final Pattern IN_PORT = Pattern.compile("\\bin_port=([^,\\s]+)");

    private final NamedPorts ports;
    private final FlowParser parser;
    private final MessageWriter key =
            new MessageWriter()
                    .wrap(
                            ByteBuffer.allocateDirect(KEY_BYTES).order(ByteOrder.nativeOrder()),
                            0,
                            KEY_BYTES);

    public PacketText(NamedPorts ports) {
        this.ports = ports;
        this.parser = new FlowParser(ports);
    }

    /**
     * Reads a packet.
     *
     * @throws SyntaxException if text in OpenFlow's syntax cannot be read
     * @throws FlowSyntaxException if text in the datapath's syntax cannot be read
     */
    public FlowKey parse(String text) {
        if (DATAPATH.matcher(text).matches()) {
            key.wrap(key.buffer(), 0, KEY_BYTES);
            parser.parse(text, key, null);
            FlowKey flow = new FlowKey();
            FlowKeyDecoder.decodeKey(key.buffer(), 0, key.written(), flow);
            return flow;
        }
        String numbered = numbered(text);
        try {
            return toKey(RuleParser.packet(numbered));
        } catch (RuleSyntaxException e) {
            throw SyntaxException.of("flow", numbered, e);
        }
    }

    private String numbered(String text) {
        Matcher named = IN_PORT.matcher(text);
        if (!named.find()) {
            return text;
        }
        OptionalInt number = ports.numberOf(named.group(1));
        return number.isEmpty()
                ? text
                : text.substring(0, named.start(1))
                        + number.getAsInt()
                        + text.substring(named.end(1));
    }

    private FlowKey toKey(long[] words) {
        FlowKey flow = new FlowKey();
        System.arraycopy(words, 0, flow.words(), 0, FlowKey.WORDS);
        int port = flow.inPort();
        flow.set(
                FlowField.IN_PORT,
                port == OpenFlowPort.LOCAL || port == 0 && words[0] == 0
                        ? ports.toDatapath(OpenFlowPort.LOCAL)
                        : port);
        if (flow.get(FlowField.NW_FRAG) > 1) {
            flow.set(FlowField.NW_FRAG, FRAGMENT_LATER);
        }
        if (flow.vlanTci() != 0 && flow.get(FlowField.VLAN_TPID) == 0) {
            flow.set(FlowField.VLAN_TPID, 0x8100);
        }
        return flow.carryFromContents();
    }
}
