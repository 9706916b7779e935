package io.odp4j.datapath.flow.validation;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.NshAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.StructValue;

/**
 * The rules for a list of actions ({@code __ovs_nla_copy_actions} in the kernel): it follows how
 * each action changes the packet, so that the next one finds the header it works on.
 */
final class ActionRules {
    private static final int MAX_PORTS = 65_535;
    private static final int MAX_DEPTH = 16;
    private static final int ETHERNET_LENGTH = 14;
    private static final int TCI_PRESENT = 0x1000;
    private static final int ADD_MPLS_L3 = 1;
    private static final int MAX_HASH_ALGORITHM = 1;
    private static final int MAX_COOKIE = 16;
    private static final int ETH_TEB = 0x6558;
    private static final int NP_ETHERNET = 3;
    private static final int NP_MAX = 5;
    private static final int MAX_NSH_METADATA = 244;

    private final FlowKey known;
    private final int depth;
    private int type;
    private int tci;
    private int labels;
    private boolean ethernet;

    /** What is known of a packet: the Ethernet header by the key's attributes alone. */
    private ActionRules(FlowKey known, int depth, int type, int tci, int labels) {
        this.known = known;
        this.depth = depth;
        this.type = type;
        this.tci = tci;
        this.labels = labels;
        this.ethernet = known.carries(KeyAttributes.ETHERNET.number());
    }

    static void check(AttributeList actions, FlowKey known, Problems problems) {
        int labels = isMpls(known.dlType()) ? known.mplsCount() : 0;
        new ActionRules(known, 0, known.dlType(), known.vlanTci(), labels).check(actions, problems);
    }

    private void check(AttributeList actions, Problems problems) {
        if (depth > MAX_DEPTH) {
            problems.add("nests deeper than " + MAX_DEPTH);
            return;
        }
        int number = 1;
        for (Attribute action : actions) {
            if (action.spec() != null) {
                boolean last = number == actions.size();
                action(action, last, problems.in(number + "." + action.fieldName()));
            }
            number++;
        }
    }

    private void nested(AttributeList actions, Problems problems) {
        new ActionRules(known, depth + 1, type, tci, labels).check(actions, problems);
    }

    private void action(Attribute action, boolean last, Problems problems) {
        AttributeSpec spec = action.spec();
        if (action.value() instanceof StructValue struct
                && struct.bytes().length != spec.struct().size()) {
            problems.add("must have " + spec.struct().size() + " bytes");
        } else if (spec == ActionAttributes.OUTPUT) {
            require(action.asLong() < MAX_PORTS, "the port must be below " + MAX_PORTS, problems);
        } else if (spec == ActionAttributes.USERSPACE) {
            require(
                    action.asList().number(ActionAttributes.USERSPACE_PID, 0) != 0,
                    "pid must be there and not be 0",
                    problems);
        } else if (spec == ActionAttributes.SET || spec == ActionAttributes.SET_MASKED) {
            SetRules.check(action, known, type, ethernet, problems);
        } else if (spec == ActionAttributes.TRUNC) {
            require(
                    action.asStruct().number("max_len") >= ETHERNET_LENGTH,
                    "max_len must be 14 at least",
                    problems);
        } else if (spec == ActionAttributes.HASH) {
            require(
                    action.asStruct().number("hash_alg") <= MAX_HASH_ALGORITHM,
                    "no such algorithm",
                    problems);
        } else if (spec == ActionAttributes.CT) {
            CtRules.check(action.asList(), known.dlType(), problems);
        } else if (spec == ActionAttributes.DROP) {
            require(last, "must be the last action", problems);
        } else if (spec == ActionAttributes.PSAMPLE) {
            psample(action.asList(), problems);
        } else if (!header(action, problems)) {
            branch(action, problems);
        }
    }

    /** Actions that add and remove headers; false if it is none of them. */
    private boolean header(Attribute action, Problems problems) {
        AttributeSpec spec = action.spec();
        if (spec == ActionAttributes.PUSH_VLAN) {
            pushVlan(action.asStruct(), problems);
        } else if (spec == ActionAttributes.POP_VLAN) {
            requireEthernet(problems);
            tci = 0;
        } else if (spec == ActionAttributes.PUSH_MPLS) {
            requireMplsType(action.asStruct(), problems);
            requireLabelRoom(problems);
            type = (int) action.asStruct().number("mpls_ethertype");
            labels++;
        } else if (spec == ActionAttributes.ADD_MPLS) {
            addMpls(action.asStruct(), problems);
        } else if (spec == ActionAttributes.POP_MPLS) {
            popMpls((int) action.asLong(), problems);
        } else if (spec == ActionAttributes.PUSH_ETH) {
            require(!ethernet, "there is an Ethernet header already", problems);
            ethernet = true;
        } else if (spec == ActionAttributes.POP_ETH) {
            requireEthernet(problems);
            requireUntagged(problems);
            ethernet = false;
        } else if (spec == ActionAttributes.PUSH_NSH) {
            pushNsh(action.asList(), problems);
        } else if (spec == ActionAttributes.POP_NSH) {
            popNsh(problems);
        } else {
            return false;
        }
        return true;
    }

    private void pushVlan(StructValue vlan, Problems problems) {
        requireEthernet(problems);
        require(
                Protocol.isTag((int) vlan.number("vlan_tpid")),
                "vlan_tpid must be 0x8100 or 0x88a8",
                problems);
        require(
                (vlan.number("vlan_tci") & TCI_PRESENT) != 0,
                "vlan_tci lacks bit 0x1000, which says that there is a tag",
                problems);
        tci = (int) vlan.number("vlan_tci");
    }

    private void addMpls(StructValue mpls, Problems problems) {
        requireMplsType(mpls, problems);
        if ((mpls.number("tun_flags") & ADD_MPLS_L3) != 0) {
            requireLabelRoom(problems);
            labels++;
        } else {
            labels = ethernet ? 1 : labels + 1;
            ethernet = false;
        }
        type = (int) mpls.number("mpls_ethertype");
    }

    private void popMpls(int below, Problems problems) {
        requireUntagged(problems);
        require(isMpls(type), "the packet is not known to be MPLS", problems);
        require(
                below != ETH_TEB || !ethernet,
                "an Ethernet frame below needs the outer header popped first",
                problems);
        labels--;
        type = isMpls(below) && labels != 0 ? below : 0;
    }

    private void pushNsh(AttributeList push, Problems problems) {
        require(
                ethernet
                        || type == Protocol.ETH_IPV4
                        || type == Protocol.ETH_IPV6
                        || type == Protocol.ETH_NSH
                        || type == Protocol.ETH_MPLS
                        || type == ETH_TEB,
                "this Ethernet type has no number as a next protocol",
                problems);
        ethernet = false;
        AttributeList nsh = push.list(KeyAttributes.NSH);
        if (nsh == null || push.size() != 1) {
            problems.add("must have one attribute, nsh");
            return;
        }
        StructValue base = nsh.struct(NshAttributes.BASE);
        byte[] md2 = nsh.bytes(NshAttributes.MD2);
        boolean md1 = nsh.has(NshAttributes.MD1);
        require(base != null && (md1 || md2 != null), "needs base, and md1 or md2", problems);
        require(!md1 || md2 == null, "md1 and md2 exclude each other", problems);
        if (base != null && md1 != (md2 != null)) {
            require(
                    base.number("mdtype") == (md1 ? 1 : 2),
                    "mdtype is not that of the metadata",
                    problems);
        }
        require(
                md2 == null || md2.length >= 1 && md2.length <= MAX_NSH_METADATA,
                "md2 must have 1 to 244 bytes",
                problems);
    }

    private void popNsh(Problems problems) {
        require(type == Protocol.ETH_NSH, "the packet is not known to be NSH", problems);
        int next = (int) known.get(FlowField.NSH_NP);
        require(
                next >= 1 && next <= NP_MAX,
                "the next protocol must be matched, and be 1 to 5",
                problems);
        ethernet = next == NP_ETHERNET;
    }

    /** Actions with actions in them. */
    private void branch(Attribute action, Problems problems) {
        AttributeSpec spec = action.spec();
        if (spec == ActionAttributes.CLONE) {
            nested(action.asList(), problems);
        } else if (spec == ActionAttributes.SAMPLE) {
            AttributeList sample = action.asList();
            require(
                    sample.has(ActionAttributes.SAMPLE_PROBABILITY),
                    "probability must be there",
                    problems);
            nested(sample, ActionAttributes.SAMPLE_ACTIONS, problems);
        } else if (spec == ActionAttributes.CHECK_PKT_LEN) {
            AttributeList check = action.asList();
            require(
                    check.number(ActionAttributes.CHECK_PKT_LEN_PKT_LEN, 0) != 0,
                    "pkt_len must be there and not be 0",
                    problems);
            nested(check, ActionAttributes.CHECK_PKT_LEN_IF_LESS_EQUAL, problems);
            nested(check, ActionAttributes.CHECK_PKT_LEN_IF_GREATER, problems);
        } else if (spec == ActionAttributes.DEC_TTL) {
            nested(action.asList(), ActionAttributes.DEC_TTL_ACTION, problems);
        }
    }

    private void nested(AttributeList in, AttributeSpec actions, Problems problems) {
        if (in.has(actions)) {
            nested(in.list(actions), problems.in(actions.fieldName()));
        } else {
            problems.add(actions.fieldName(), "must be there");
        }
    }

    private static void psample(AttributeList psample, Problems problems) {
        require(psample.has(ActionAttributes.PSAMPLE_GROUP), "group must be there", problems);
        byte[] cookie = psample.bytes(ActionAttributes.PSAMPLE_COOKIE);
        require(
                cookie == null || cookie.length >= 1 && cookie.length <= MAX_COOKIE,
                "cookie must have 1 to 16 bytes",
                problems);
    }

    private void requireEthernet(Problems problems) {
        require(ethernet, "there is no Ethernet header", problems);
    }

    private void requireUntagged(Problems problems) {
        require((tci & TCI_PRESENT) == 0, "there is a VLAN tag: pop it first", problems);
    }

    private static void requireMplsType(StructValue mpls, Problems problems) {
        require(
                isMpls((int) mpls.number("mpls_ethertype")),
                "mpls_ethertype must be 0x8847 or 0x8848",
                problems);
    }

    private void requireLabelRoom(Problems problems) {
        requireUntagged(problems);
        require(
                isMpls(type)
                        || type == Protocol.ETH_IPV4
                        || type == Protocol.ETH_IPV6
                        || type == Protocol.ETH_ARP
                        || type == Protocol.ETH_RARP,
                "the packet is not known to be IP, ARP or MPLS",
                problems);
    }

    private static boolean isMpls(int type) {
        return type == Protocol.ETH_MPLS || type == Protocol.ETH_MPLS_MULTICAST;
    }

    private static void require(boolean holds, String reason, Problems problems) {
        if (!holds) {
            problems.add(reason);
        }
    }
}
