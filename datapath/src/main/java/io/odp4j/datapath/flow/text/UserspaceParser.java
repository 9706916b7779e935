package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;

/**
 * What stands within {@code userspace(…)}. The cookies of ovs-vswitchd are laid out as {@link
 * UserspaceFormatter} says; what text does not show of them is written as Open vSwitch does: no
 * OpenFlow port, no bridge.
 */
final class UserspaceParser {
    private static final int BODY = 24;

    private final TextScanner in;
    private final KeyParser keys;

    UserspaceParser(TextScanner in, KeyParser keys) {
        this.in = in;
        this.keys = keys;
    }

    /** Reads what stands behind {@code userspace(}. */
    boolean read(MessageWriter out) {
        int nest = out.beginPlainNest(ActionAttributes.USERSPACE.number());
        out.putU32(ActionAttributes.USERSPACE_PID.number(), (int) in.number("pid=", 0));
        userdata(out);
        boolean actions = in.take(",actions");
        if (in.take(",tunnel_out_port=")) {
            out.putU32(ActionAttributes.USERSPACE_EGRESS_TUN_PORT.number(), port());
        }
        if (actions) {
            out.putFlag(ActionAttributes.USERSPACE_ACTIONS.number());
        }
        keys.unknown().rest(out);
        if (!in.take(')')) {
            throw in.error(
                    ",sFlow(, ,slow_path(, ,flow_sample(, ,ipfix(, ,controller(, ,userdata(,"
                            + " ,actions, ,tunnel_out_port= or ')'");
        }
        out.endNest(nest);
        return true;
    }

    private void userdata(MessageWriter out) {
        if (in.take(",sFlow(")) {
            sflow(out);
        } else if (in.take(",slow_path(")) {
            keys.flags().plain(FlagNames.SLOW_PATH, FlagNames.SLOW_PATH.named());
            int at = cookie(out, UserspaceFormatter.SLOW_PATH);
            out.buffer().putInt(at + 4, keys.flags().flags());
        } else if (in.take(",flow_sample(")) {
            flowSample(out);
        } else if (in.take(",ipfix(output_port=")) {
            int at = cookie(out, UserspaceFormatter.IPFIX);
            out.buffer().putInt(at, port());
        } else if (in.take(",controller(")) {
            controller(out);
        } else if (in.take(",userdata(")) {
            keys.unknown().hexAttribute(out, ActionAttributes.USERSPACE_USERDATA.number());
        } else {
            return;
        }
        in.expect(')');
    }

    /** Appends a cookie without a body; where the body starts. */
    private static int cookie(MessageWriter out, int type) {
        int at =
                out.header(
                        ActionAttributes.USERSPACE_USERDATA.number(),
                        UserspaceFormatter.COOKIE_LENGTH);
        ByteBuffer b = out.buffer();
        FieldScanner.zeros(b, at, UserspaceFormatter.COOKIE_LENGTH);
        b.putShort(at, (short) type);
        b.putInt(at + 4, UserspaceFormatter.OFPP_NONE);
        return at + BODY;
    }

    private void sflow(MessageWriter out) {
        int vid = (int) in.number("vid=", 0);
        int pcp = (int) in.number(",pcp=", 0);
        int output = (int) in.number(",output=", 0);
        int tci = (vid | pcp << 13) & 0xffff;
        int at = cookie(out, UserspaceFormatter.SFLOW);
        FieldScanner.putBe16(out.buffer(), at, tci == 0 ? 0 : tci | 0x1000);
        out.buffer().putInt(at + 4, output);
    }

    private void flowSample(MessageWriter out) {
        int at = cookie(out, UserspaceFormatter.FLOW_SAMPLE);
        ByteBuffer b = out.buffer();
        b.putShort(at, (short) in.number("probability=", 0));
        b.putInt(at + 4, (int) in.number(",collector_set_id=", 0));
        b.putInt(at + 8, (int) in.number(",obs_domain_id=", 0));
        b.putInt(at + 12, (int) in.number(",obs_point_id=", 0));
        in.expect(",output_port=");
        b.putInt(at + 16, port());
        b.putInt(at + 20, in.take(",ingress") ? 1 : in.take(",egress") ? 2 : 0);
    }

    private void controller(MessageWriter out) {
        int at = cookie(out, UserspaceFormatter.CONTROLLER);
        ByteBuffer b = out.buffer();
        b.putShort(at + 2, (short) in.number("reason=", 10));
        b.put(at, (byte) (((int) in.number(",dont_send=", 10) & 0xff) != 0 ? 1 : 0));
        b.put(at + 1, (byte) (((int) in.number(",continuation=", 10) & 0xff) != 0 ? 1 : 0));
        b.putInt(at + 4, (int) in.number(",recirc_id=", 10));
        FieldScanner.putBe64(b, at + 8, in.number(",rule_cookie=", 16));
        b.putShort(at + 16, (short) in.number(",controller_id=", 10));
        b.putShort(at + 18, (short) in.number(",max_len=", 10));
    }

    private int port() {
        return in.integer(0) ? (int) in.value() : keys.portOfName(",)");
    }
}
