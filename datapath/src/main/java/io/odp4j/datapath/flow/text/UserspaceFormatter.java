package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.ActionAttributes;

/**
 * The userspace action. Its user data is what ovs-vswitchd wants back with the upcall; a cookie of
 * ovs-vswitchd's own is printed in words:
 *
 * <pre>
 *   0  u16 type      1 sFlow, 2 slow path, 3 flow sample, 4 IPFIX, 5 controller
 *   4  u32 OpenFlow port, 0xffff for none
 *   8  16 bytes uuid of the bridge
 *  24  per type, 48 bytes in all; host byte order but for the VLAN and the rule's cookie
 * </pre>
 */
final class UserspaceFormatter {
    static final int COOKIE_LENGTH = 48;

    /** The OpenFlow port where there is none. */
    static final int OFPP_NONE = 0xffff;

    static final int SFLOW = 1;
    static final int SLOW_PATH = 2;
    static final int FLOW_SAMPLE = 3;
    static final int IPFIX = 4;
    static final int CONTROLLER = 5;

    private final PortNames names;
    private final boolean complete;
    private final AttributeView part = new AttributeView();
    private final AttributeView port = new AttributeView();

    UserspaceFormatter(PortNames names, boolean complete) {
        this.names = names;
        this.complete = complete;
    }

    /** False if it is none that can be. */
    boolean format(StringBuilder out, AttributeView action) {
        part.wrap(action);
        port.wrap(action);
        boolean hasPort = port.last(3);
        if (!part.readable()
                || !part.last(1)
                || part.length() != 4
                || hasPort && port.length() != 4) {
            out.append("userspace(error)");
            return false;
        }
        Digits.unsigned(out.append("userspace(pid="), part.u32(0));
        if (part.last(2) && !(isCookie(part) && cookie(out, part))) {
            out.append(",userdata(");
            Digits.bytes(out, part.buffer(), part.offset(), part.length(), (char) 0);
            out.append(')');
        }
        if (part.last(4)) {
            out.append(",actions");
        }
        if (hasPort) {
            out.append(",tunnel_out_port=");
            ActionFormatter.port(out, port.u32(0), names);
        }
        UnknownAttribute.rest(out, part, ActionAttributes.USERSPACE_TABLE);
        out.append(')');
        return true;
    }

    /** Words leave out port and bridge, so the complete form has them only where there are none. */
    private boolean isCookie(AttributeView a) {
        return a.length() == COOKIE_LENGTH
                && (!complete
                        || a.u16(2) == 0
                                && a.u32(4) == OFPP_NONE
                                && a.all(0, 8, 16)
                                && a.all(0, COOKIE_LENGTH - 2, 2));
    }

    private boolean cookie(StringBuilder out, AttributeView a) {
        switch (a.u16(0)) {
            case SFLOW -> {
                int tci = a.be16(24);
                out.append(",sFlow(vid=").append(tci & 0xfff).append(",pcp=").append(tci >>> 13);
                Digits.unsigned(out.append(",output="), a.u32(28));
            }
            case SLOW_PATH -> {
                out.append(",slow_path(");
                FlagNames.SLOW_PATH.format(out, a.u32(28), ',');
            }
            case FLOW_SAMPLE -> {
                out.append(",flow_sample(probability=").append(a.u16(24));
                Digits.unsigned(out.append(",collector_set_id="), a.u32(28));
                Digits.unsigned(out.append(",obs_domain_id="), a.u32(32));
                Digits.unsigned(out.append(",obs_point_id="), a.u32(36));
                ActionFormatter.port(out.append(",output_port="), a.u32(40), names);
                int direction = a.u32(44);
                out.append(direction == 1 ? ",ingress" : direction == 2 ? ",egress" : "");
            }
            case IPFIX -> {
                ActionFormatter.port(out.append(",ipfix(output_port="), a.u32(24), names);
            }
            case CONTROLLER -> {
                out.append(",controller(reason=").append(a.u16(26));
                out.append(",dont_send=").append(a.u8(24) != 0 ? 1 : 0);
                out.append(",continuation=").append(a.u8(25) != 0 ? 1 : 0);
                Digits.unsigned(out.append(",recirc_id="), a.u32(28));
                Digits.alternateHex(out.append(",rule_cookie="), a.be64(32));
                out.append(",controller_id=").append(a.u16(40));
                out.append(",max_len=").append(a.u16(42));
            }
            default -> {
                return false;
            }
        }
        out.append(')');
        return true;
    }
}
