package io.odp4j.datapath.ovs;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.datapath.flow.text.FlowParser;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.FamilyNotFoundException;
import io.odp4j.datapath.netlink.FamilyPolicy;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a kernel's datapath can do, found out as Open vSwitch does: by adding flows on trial, marked
 * as such ({@link FlowAttributes#PROBE}) so that the kernel logs no refusal.
 *
 * <p>Each flow asks for packets of port 65534, the highest number there is, and is deleted at once:
 * no packet takes it. Nothing else of the datapath is touched, its features above all.
 *
 * <p>The features that {@code ovs-appctl dpif/show-dp-features} lists come first, in its order and
 * with its names; those that only userspace datapaths have are false.
 */
public final class FeatureProbes {
    private static final String PORT = "in_port(65534),";
    private static final String ETHERNET = "eth(src=00:00:00:00:00:01,dst=00:00:00:00:00:02),";
    private static final String IPV4 =
            "eth_type(0x0800),ipv4(src=1.1.1.1,dst=2.2.2.2,proto=6,tos=0,ttl=64,frag=no),";
    private static final String IPV6 =
            "eth_type(0x86dd),"
                    + "ipv6(src=::1,dst=::2,label=0,proto=%d,tclass=0,hlimit=64,frag=no),";
    private static final String TCP = "tcp(src=1,dst=2),tcp_flags(0)";
    private static final String BASE = PORT + ETHERNET + IPV4 + TCP;
    private static final String BASE_IPV6 = PORT + ETHERNET + String.format(IPV6, 6) + TCP;
    private static final String SOLICITATION =
            PORT
                    + ETHERNET
                    + String.format(IPV6, 58)
                    + "icmpv6(type=135,code=0),"
                    + "nd(target=::1,sll=00:00:00:00:00:01,tll=00:00:00:00:00:00),";
    private static final String OUTPUT = "1";
    private static final int MOST_NESTED = 10;
    private static final int MOST_TAGS = 2;
    private static final int MOST_LABELS = 3;

    private final RequestChannel channel;
    private final OvsFamilies families;
    private final Datapath datapath;
    private final Flows flows;
    private final FlowParser keys = new FlowParser();
    private final ActionParser actions = new ActionParser();
    private final byte[] ufid = new byte[16];

    public FeatureProbes(RequestChannel channel, OvsFamilies families, Datapath datapath) {
        this.channel = channel;
        this.families = families;
        this.datapath = datapath;
        this.flows = new Flows(channel, families, datapath);
        ThreadLocalRandom.current().nextBytes(ufid);
    }

    /**
     * Tries everything.
     *
     * @return by name, a Boolean or a number
     */
    public Map<String, Object> probe() throws NetlinkException {
        Map<String, Object> found = new LinkedHashMap<>();
        actions(found);
        keys(found);
        ownAdditions(found);
        return found;
    }

    private void actions(Map<String, Object> found) throws NetlinkException {
        found.put("Masked set action", acts("set(eth(src=00:00:00:00:00:01/00:00:00:00:00:ff))"));
        found.put("Tunnel push pop", false);
        found.put("Ufid", keepsUfid());
        found.put("Truncate action", acts("trunc(64),1"));
        found.put("Clone action", acts("clone(1)"));
        found.put("Sample nesting", sampleNesting());
        found.put("Conntrack eventmask", connects(ActionAttributes.CT_EVENTMASK, 0x07L));
        found.put("Conntrack clear", acts("ct_clear"));
        found.put("Max dp_hash algorithm", acts("hash(sym_l4(0))") ? 1 : 0);
        found.put("Check pkt length action", acts("check_pkt_len(size=200,gt(1),le(1))"));
        found.put("Conntrack timeout policy", connects(ActionAttributes.CT_TIMEOUT, "odp4j_probe"));
        found.put("Explicit Drop action", acts("drop(0)"));
        found.put("Optimized Balance TCP mode", false);
        found.put("Conntrack all-zero IP SNAT", acts("ct(commit,nat(src=0.0.0.0))"));
        found.put("MPLS Label add", acts("add_mpls(label=1,tc=0,ttl=64,bos=1,eth_type=0x8847)"));
    }

    private void keys(Map<String, Object> found) throws NetlinkException {
        found.put("Max VLAN headers", tags());
        found.put("Max MPLS depth", labels());
        found.put("Recirc", matches("recirc_id(1)," + BASE));
        found.put("CT state", matches("ct_state(+new)," + BASE));
        found.put("CT zone", matches("ct_zone(1)," + BASE));
        found.put("CT mark", matches("ct_mark(1)," + BASE));
        found.put("CT label", matches("ct_label(1)," + BASE));
        found.put("CT state NAT", matches("ct_state(+snat)," + BASE));
        String tuple = "(src=%s,dst=%s,proto=6,tp_src=1,tp_dst=2),";
        found.put(
                "CT orig tuple",
                matches("ct_tuple4" + String.format(tuple, "1.1.1.1", "2.2.2.2") + BASE));
        found.put(
                "CT orig tuple for IPv6",
                matches("ct_tuple6" + String.format(tuple, "::1", "::2") + BASE_IPV6));
        found.put(
                "IPv6 ND Extension",
                matches(SOLICITATION + "nd_ext(nd_reserved=0x1,nd_options_type=1)"));
    }

    /** What Open vSwitch 3.1 does not ask for, or does not list. */
    private void ownAdditions(Map<String, Object> found) throws NetlinkException {
        found.put("Psample action", acts("psample(group=1,cookie=0x01)"));
        found.put("Dec TTL action", acts("dec_ttl(le_1(1))"));
        found.put("Per-CPU upcall dispatch", dispatchesPerCpu());
        found.put("Upcall pid of packets", knows(families.packet(), PacketAttributes.UPCALL_PID));
        found.put("Masks cache", datapath.attributes().has(DatapathAttributes.MASKS_CACHE_SIZE));
        found.put("Max meters", meters());
        found.put("Conntrack limits", has(OvsFamilies.CT_LIMIT));
    }

    private boolean matches(String key) throws NetlinkException {
        return accepts(key, actions.parse(OUTPUT));
    }

    private boolean acts(String text) throws NetlinkException {
        return accepts(BASE, actions.parse(text));
    }

    /** Whether a connection can be committed with an attribute. */
    private boolean connects(AttributeSpec attribute, Object value) throws NetlinkException {
        AttributeList ct =
                new AttributeList(ActionAttributes.CT_TABLE)
                        .put(ActionAttributes.CT_COMMIT, Boolean.TRUE)
                        .put(attribute, value);
        return accepts(
                BASE, new AttributeList(ActionAttributes.TABLE).put(ActionAttributes.CT, ct));
    }

    private boolean keepsUfid() throws NetlinkException {
        if (!add(BASE, actions.parse(OUTPUT))) {
            return false;
        }
        boolean kept = flows.get("flow probe", identity(), FlowMessage::hasUfid);
        delete();
        return kept;
    }

    private int sampleNesting() throws NetlinkException {
        String nested = OUTPUT;
        int depth = 0;
        while (depth < MOST_NESTED) {
            nested = "sample(sample=50%,actions(" + nested + "))";
            if (!acts(nested)) {
                break;
            }
            depth++;
        }
        return depth;
    }

    private int tags() throws NetlinkException {
        String inner = IPV4 + TCP;
        int count = 0;
        while (count < MOST_TAGS) {
            String type = count == 0 ? "0x8100" : "0x88a8";
            inner = "eth_type(" + type + "),vlan(vid=1,pcp=0),encap(" + inner + ")";
            if (!matches(PORT + ETHERNET + inner)) {
                break;
            }
            count++;
        }
        return count;
    }

    private int labels() throws NetlinkException {
        String label = "label=1,tc=0,ttl=64,bos=";
        String stack = "";
        int count = 0;
        while (count < MOST_LABELS) {
            String key = PORT + ETHERNET + "eth_type(0x8847),mpls(" + stack + label + "1)";
            if (!matches(key)) {
                break;
            }
            stack += label + "0,";
            count++;
        }
        return count;
    }

    private boolean accepts(String key, AttributeList list) throws NetlinkException {
        boolean added = add(key, list);
        if (added) {
            delete();
        }
        return added;
    }

    private boolean add(String key, AttributeList list) throws NetlinkException {
        FlowParser.Flow flow = keys.parse(key);
        AttributeList request =
                identity()
                        .put(FlowAttributes.KEY, flow.key())
                        .put(FlowAttributes.MASK, flow.mask())
                        .put(FlowAttributes.ACTIONS, list)
                        .put(FlowAttributes.PROBE, Boolean.TRUE);
        try {
            flows.request(
                    "flow probe",
                    FlowAttributes.CMD_NEW,
                    MessageHeader.CREATE | MessageHeader.EXCL,
                    request,
                    echo -> true);
            return true;
        } catch (NetlinkException e) {
            if (e.is(Errno.EPERM) || e.is(Errno.ENODEV) || e.is(Errno.EEXIST)) {
                throw e; // says nothing about what the kernel can do
            }
            return false;
        }
    }

    private void delete() throws NetlinkException {
        flows.request("flow probe", FlowAttributes.CMD_DEL, 0, identity(), echo -> true);
    }

    private AttributeList identity() {
        return new AttributeList(FlowAttributes.TABLE).put(FlowAttributes.UFID, ufid);
    }

    private boolean knows(GenericFamily family, AttributeSpec attribute) throws NetlinkException {
        return FamilyPolicy.attributes(channel, family).get(attribute.number());
    }

    /**
     * Whether the kernel knows per-CPU dispatch: it looks at a new datapath's features before it
     * finds that there is one of that name already.
     */
    private boolean dispatchesPerCpu() throws NetlinkException {
        if (!datapath.attributes().has(DatapathAttributes.MASKS_CACHE_SIZE)) {
            return false; // older than the feature, and perhaps than the check
        }
        try {
            new Datapaths(channel, families)
                    .create(datapath.name(), 0, DatapathAttributes.F_DISPATCH_UPCALL_PER_CPU);
            return true;
        } catch (NetlinkException e) {
            return e.is(Errno.EEXIST);
        }
    }

    private long meters() throws NetlinkException {
        try {
            return new Meters(channel, datapath).features().maxMeters();
        } catch (FamilyNotFoundException e) {
            return 0;
        }
    }

    private boolean has(String family) throws NetlinkException {
        try {
            GenericFamily.resolve(channel, family);
            return true;
        } catch (FamilyNotFoundException e) {
            return false;
        }
    }
}
