package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.netlink.AttributeHeader;
import io.odp4j.datapath.netlink.MessageOverflowException;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.OptionalInt;

/**
 * Actions from text: what {@code ovs-dpctl add-flow} takes, and what {@link ActionFormatter}
 * prints. {@code drop} alone, like an empty text, is the empty list, which every kernel drops by;
 * {@code drop(3)} is the action of newer kernels with its reason.
 *
 * <p>One instance serves one thread at a time. Every method that reads throws {@link
 * FlowSyntaxException} and nothing else. Defined by {@code odp_actions_from_string()} of Open
 * vSwitch 3.1, and reads besides what that prints but cannot read: hash, push_mpls, pop_mpls,
 * push_eth, pop_eth, dec_ttl and others. The actions of Open vSwitch's userspace datapath alone
 * (tnl_push, tnl_pop, lb_output) have no number in a kernel and are not read.
 */
public final class ActionParser {
    private final TextScanner in = new TextScanner();
    private final PortNames names;
    private final KeyParser keys;
    private final SetParser set;
    private final UserspaceParser userspace;
    private final ConntrackParser conntrack;
    private final Scratch scratch = new Scratch();
    private MessageWriter out;
    private int depth;

    /** A parser that takes port numbers alone. */
    public ActionParser() {
        this(PortNames.NONE);
    }

    public ActionParser(PortNames names) {
        this.names = names;
        this.keys = new KeyParser(in, names);
        this.set = new SetParser(in, keys);
        this.userspace = new UserspaceParser(in, keys);
        this.conntrack = new ConntrackParser(in, keys);
    }

    /** Reads a list of actions. */
    public AttributeList parse(CharSequence text) {
        parse(text, scratch.clear());
        try {
            return scratch.attributes(ActionAttributes.TABLE);
        } catch (NetlinkFormatException e) {
            throw in.error(0, "attributes of their right length (" + e.getMessage() + ")");
        }
    }

    /**
     * Reads a list of actions and appends them, the payload of OVS_FLOW_ATTR_ACTIONS.
     *
     * <p>If this throws, part of the actions may have been appended: {@link
     * MessageWriter#rollback()}.
     */
    public void parse(CharSequence text, MessageWriter actions) {
        in.reset(text);
        out = actions;
        depth = 0;
        int start = out.position();
        try {
            in.skipDelimiters();
            if (!takeDrop()) {
                for (; !in.atEnd(); in.skipDelimiters()) {
                    action();
                    if (!in.atEnd() && !TextScanner.isDelimiter(in.peek())) {
                        throw in.error("',' or the end");
                    }
                }
            }
        } catch (MessageOverflowException e) {
            throw tooLong();
        }
        if (out.position() - start > AttributeHeader.MAX_PAYLOAD) {
            throw tooLong();
        }
    }

    private FlowSyntaxException tooLong() {
        return in.error("an end: the actions are too long for their buffer");
    }

    /** Moves behind a drop that stands alone, at the end of the text or of a nest. */
    private boolean takeDrop() {
        int start = in.position();
        boolean drop = in.takeIgnoringCase("drop");
        if (drop) {
            in.skipDelimiters();
            drop = in.atEnd() || depth > 0 && in.peek() == ')';
        }
        if (!drop) {
            in.position(start);
        }
        return drop;
    }

    /** Reads actions up to a closing parenthesis, which is taken, into the open nest. */
    private void nested() {
        if (++depth >= KeyParser.MAX_DEPTH) {
            throw in.error("fewer than " + KeyParser.MAX_DEPTH + " levels");
        }
        in.skipDelimiters();
        takeDrop();
        for (; !in.take(')'); in.skipDelimiters()) {
            action();
        }
        depth--;
    }

    private void action() {
        if (in.integer(0)) {
            out.putU32(ActionAttributes.OUTPUT.number(), (int) in.value());
            return;
        }
        if (names != PortNames.NONE && portName()) {
            return;
        }
        boolean read =
                switch (in.peek()) {
                    case 'a' -> in.take("add_mpls(") && addMpls() || keys.unknown().action(out);
                    case 'c' -> actionsWithC();
                    case 'd' -> decTtlOrDrop();
                    case 'h' -> in.take("hash(") && hash();
                    case 'm' -> in.take("meter(") && number(ActionAttributes.METER.number());
                    case 'p' -> pushOrPop();
                    case 'r' -> in.take("recirc(") && recirc();
                    case 's' ->
                            in.take("set(") && set.read(out, depth)
                                    || in.take("sample(sample=") && sample();
                    case 't' -> in.take("trunc(") && number(ActionAttributes.TRUNC.number());
                    case 'u' -> in.take("userspace(") && userspace.read(out);
                    default -> false;
                };
        if (!read) {
            throw in.error("a port number or an action such as set(, ct( or recirc(");
        }
    }

    /** A name goes up to the next delimiter, within a nest also to its end. */
    private boolean portName() {
        int length = 0;
        while (in.peek(length) != 0 && !TextScanner.isDelimiter(in.peek(length))) {
            length++;
        }
        if (outputTo(length)) {
            return true;
        }
        int nested = in.ahead(length).indexOf(')');
        return nested > 0 && outputTo(nested);
    }

    private boolean outputTo(int length) {
        String name = in.ahead(length);
        OptionalInt port = names.numberOf(name);
        if (port.isPresent()) {
            out.putU32(ActionAttributes.OUTPUT.number(), port.getAsInt());
            in.position(in.position() + length);
        }
        return port.isPresent();
    }

    private boolean actionsWithC() {
        if (in.take("ct_clear")) {
            out.putFlag(ActionAttributes.CT_CLEAR.number());
        } else if (in.take("clone(")) {
            int nest = out.beginPlainNest(ActionAttributes.CLONE.number());
            nested();
            out.endNest(nest);
        } else if (in.take("check_pkt_len(size=")) {
            checkPacketLength();
        } else if (in.take("ct")) {
            conntrack.read(out);
        } else {
            return false;
        }
        return true;
    }

    private void checkPacketLength() {
        int nest = out.beginPlainNest(ActionAttributes.CHECK_PKT_LEN.number());
        out.putU16(ActionAttributes.CHECK_PKT_LEN_PKT_LEN.number(), (int) in.number(0));
        in.expect(",gt(");
        int greater = out.beginPlainNest(ActionAttributes.CHECK_PKT_LEN_IF_GREATER.number());
        nested();
        out.endNest(greater);
        in.expect(",le(");
        int less = out.beginPlainNest(ActionAttributes.CHECK_PKT_LEN_IF_LESS_EQUAL.number());
        nested();
        out.endNest(less);
        endOfParts(nest);
    }

    /** Behind the parts of an action may stand what is newer than the tables. */
    private void endOfParts(int nest) {
        keys.unknown().rest(out);
        in.expect(')');
        out.endNest(nest);
    }

    private boolean decTtlOrDrop() {
        if (in.take("dec_ttl(le_1(")) {
            int nest = out.beginPlainNest(ActionAttributes.DEC_TTL.number());
            int actions = out.beginNest(ActionAttributes.DEC_TTL_ACTION.number());
            nested();
            out.endNest(actions);
            endOfParts(nest);
            return true;
        }
        if (in.take("drop(")) {
            return number(ActionAttributes.DROP.number());
        }
        if (in.looksAt("drop")) {
            throw in.error("drop alone, or drop(REASON) as the last action");
        }
        return false;
    }

    private boolean hash() {
        int algorithm = in.take("l4(") ? 0 : in.take("sym_l4(") ? 1 : -1;
        if (algorithm < 0) {
            throw in.error("l4( or sym_l4(");
        }
        int at = out.header(ActionAttributes.HASH.number(), ActionAttributes.HASH_STRUCT.size());
        out.buffer().putInt(at, algorithm);
        out.buffer().putInt(at + 4, (int) in.number(0));
        in.expect("))");
        return true;
    }

    /** A 32-bit number in host byte order and the closing parenthesis. */
    private boolean number(int type) {
        out.putU32(type, (int) in.number(0));
        in.expect(')');
        return true;
    }

    /** Decimal, as Open vSwitch reads it, unless 0x says that it is what Open vSwitch prints. */
    private boolean recirc() {
        boolean hexadecimal = in.looksAt("0x") || in.looksAt("0X");
        out.putU32(ActionAttributes.RECIRC.number(), (int) in.number(hexadecimal ? 16 : 10));
        in.expect(')');
        return true;
    }

    private boolean sample() {
        int start = in.position();
        double percentage = in.decimalFraction();
        if (!(percentage >= 0 && percentage <= 100)) {
            throw in.error(start, "a percentage from 0 to 100");
        }
        in.expect("%,actions(");
        int nest = out.beginPlainNest(ActionAttributes.SAMPLE.number());
        out.putU32(
                ActionAttributes.SAMPLE_PROBABILITY.number(),
                SampleRate.fromPercentage(percentage));
        int actions = out.beginPlainNest(ActionAttributes.SAMPLE_ACTIONS.number());
        nested();
        out.endNest(actions);
        endOfParts(nest);
        return true;
    }

    private boolean pushOrPop() {
        if (in.take("push_vlan(")) {
            pushVlan();
        } else if (in.take("pop_vlan")) {
            out.putFlag(ActionAttributes.POP_VLAN.number());
        } else if (in.take("push_mpls(")) {
            mpls(ActionAttributes.PUSH_MPLS.number());
        } else if (in.take("pop_mpls(eth_type=")) {
            out.putBe16(ActionAttributes.POP_MPLS.number(), (int) in.number(0));
            in.expect(')');
        } else if (in.take("push_eth(src=")) {
            pushEthernet();
        } else if (in.take("pop_eth")) {
            out.putFlag(ActionAttributes.POP_ETH.number());
        } else if (in.take("push_nsh(")) {
            keys.nsh().push(out);
        } else if (in.take("pop_nsh()")) {
            out.putFlag(ActionAttributes.POP_NSH.number());
        } else if (in.take("psample(")) {
            psample();
        } else {
            return false;
        }
        return true;
    }

    private void pushVlan() {
        int tpid = 0x8100;
        if (in.take("tpid=")) {
            tpid = (int) in.number(0);
            in.expect(',');
        }
        int vid = within(0xfff, "vid=");
        in.expect(',');
        int pcp = within(7, "pcp=");
        boolean tagged = !in.take(",cfi=") || (int) in.number(0) != 0;
        in.expect(')');
        int at = out.header(ActionAttributes.PUSH_VLAN.number(), 4);
        FieldScanner.putBe16(out.buffer(), at, tpid);
        FieldScanner.putBe16(out.buffer(), at + 2, vid | pcp << 13 | (tagged ? 0x1000 : 0));
    }

    private int within(int most, String name) {
        in.expect(name);
        int start = in.position();
        int value = (int) in.number(0);
        if ((value & ~most) != 0) {
            throw in.error(start, "a number of at most " + most);
        }
        return value;
    }

    private boolean addMpls() {
        mpls(ActionAttributes.ADD_MPLS.number());
        return true;
    }

    /** Both actions that push a label: entry, Ethernet type, and two bytes that stay 0. */
    private void mpls(int type) {
        int label = (int) in.number("label=", 0);
        int tc = (byte) in.number(",tc=", 10) & 0xff;
        int ttl = (byte) in.number(",ttl=", 10) & 0xff;
        int bos = (byte) in.number(",bos=", 10) & 0xff;
        int ethType = (int) in.number(",eth_type=", 0);
        in.expect(')');
        int at = out.header(type, ActionAttributes.PUSH_MPLS_STRUCT.size());
        FieldScanner.putBe32(out.buffer(), at, label << 12 | tc << 9 | bos << 8 | ttl);
        FieldScanner.putBe16(out.buffer(), at + 4, ethType);
        out.buffer().putShort(at + 6, (short) 0);
    }

    private void pushEthernet() {
        AddressScanner addresses = keys.fields().addresses();
        int at = out.header(ActionAttributes.PUSH_ETH.number(), 12);
        addresses.ethernet(out.buffer(), at);
        in.expect(",dst=");
        addresses.ethernet(out.buffer(), at + 6);
        in.expect(')');
    }

    /** The kernel wants this nest's flag set. */
    private void psample() {
        int nest = out.beginNest(ActionAttributes.PSAMPLE.number());
        for (in.skipDelimiters(); !in.take(')'); in.skipDelimiters()) {
            if (in.take("group=")) {
                out.putU32(ActionAttributes.PSAMPLE_GROUP.number(), (int) in.number(0));
            } else if (in.take("cookie=0x")) {
                keys.unknown().numberAttribute(out, ActionAttributes.PSAMPLE_COOKIE.number());
            } else if (!keys.unknown().action(out)) {
                throw in.error("group=, cookie=0x or ')'");
            }
        }
        out.endNest(nest);
    }
}
