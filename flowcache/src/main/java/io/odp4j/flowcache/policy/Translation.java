package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.flowcache.rule.CtSpec;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.Prerequisite;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.RuleField;
import io.odp4j.flowcache.rule.RuleFields;
import io.odp4j.flowcache.rule.RuleKey;
import io.odp4j.flowcache.rule.WideValue;
import java.util.Arrays;
import java.util.List;

/** One packet on its way through the tables. */
final class Translation {
    /** How deep resubmits may nest, and how many there may be: Open vSwitch's bounds. */
    private static final int MAX_DEPTH = 64;

    private static final int MAX_RESUBMITS = 64 * 64;
    private static final int FRAGMENT_LATER = 2;
    private static final int TAG = 0x1000;
    private static final int VID = 0xfff;
    private static final int PCP = 0xe000;
    private static final int VLAN_TPID = 0x8100;
    private static final long RESERVED_MULTICAST = 0x0180_c200_0000L;
    private static final long RESERVED_BITS = 0xffff_ffff_fff0L;

    private final PolicyTables tables;
    private final SwitchPorts ports;
    private final MacTable macs;
    private final RecircIds recircIds;
    private final boolean learns;
    private final TraceListener trace;
    private final Verdict verdict;
    private final long[] wildcards;
    private final long[] flow;
    private final long[] base;

    /** The packet's own in_port; a resubmit may look up with another. */
    private final int inPort;

    private int table;
    private int depth;
    private int resubmits;
    private Rule rule;
    private boolean exit;
    private boolean tracked;

    Translation(
            PolicyTables tables,
            SwitchPorts ports,
            MacTable macs,
            RecircIds recircIds,
            boolean learns,
            long[] flow,
            Verdict verdict,
            TraceListener trace) {
        this.tables = tables;
        this.ports = ports;
        this.macs = macs;
        this.recircIds = recircIds;
        this.learns = learns;
        this.flow = flow;
        this.base = flow.clone();
        this.verdict = verdict;
        this.wildcards = verdict.mask().words();
        this.trace = trace;
        this.inPort = (int) FlowField.IN_PORT.get(flow);
        this.tracked = FlowField.RECIRC_ID.get(flow) != 0;
    }

    void run(int firstTable) {
        lookup(firstTable);
        if (verdict.error() != null) {
            verdict.actions().clear();
        }
    }

    private void lookup(int number) {
        if (depth >= MAX_DEPTH || resubmits >= MAX_RESUBMITS) {
            verdict.fail(depth >= MAX_DEPTH ? "too deep in resubmits" : "too many resubmits");
            exit = true;
            return;
        }
        RuleTable in = tables.table(number);
        Rule found = in == null ? null : applies(in);
        if (trace != null) {
            trace.lookedUp(number, found, depth, verdict.mask());
        }
        if (found == null) {
            return;
        }
        verdict.rules().add(found);
        int savedTable = table;
        Rule savedRule = rule;
        table = number;
        rule = found;
        depth++;
        resubmits++;
        perform(found.actions());
        depth--;
        table = savedTable;
        rule = savedRule;
    }

    /** The rule that applies; to rules a fragment has no ports, not even the first. */
    private Rule applies(RuleTable in) {
        if (FlowField.NW_FRAG.get(flow) == 0) {
            return in.lookup(flow, verdict.gathered());
        }
        long from = FlowField.TP_SRC.get(flow);
        long to = FlowField.TP_DST.get(flow);
        long lookedFrom = FlowField.TP_SRC.get(wildcards);
        long lookedTo = FlowField.TP_DST.get(wildcards);
        FlowField.TP_SRC.set(flow, 0);
        FlowField.TP_DST.set(flow, 0);
        Rule found = in.lookup(flow, verdict.gathered());
        FlowField.TP_SRC.set(flow, from);
        FlowField.TP_DST.set(flow, to);
        FlowField.TP_SRC.set(wildcards, lookedFrom);
        FlowField.TP_DST.set(wildcards, lookedTo);
        return found;
    }

    private void perform(List<OpenFlowAction> actions) {
        for (OpenFlowAction action : actions) {
            if (exit) {
                return;
            }
            perform(action);
        }
    }

    private void perform(OpenFlowAction action) {
        if (action instanceof OpenFlowAction.Output a) {
            output(a.port());
        } else if (action instanceof OpenFlowAction.OutputField a) {
            look(a.port());
            output((int) a.port().get(flow).low());
        } else if (action instanceof OpenFlowAction.Controller a) {
            commit();
            verdict.actions().add(new DatapathAction.ToController(a.maxLength(), rule.cookie()));
        } else if (action instanceof OpenFlowAction.SetField a) {
            set(a.field(), a.value(), a.mask());
        } else if (action instanceof OpenFlowAction.Move a) {
            move(a);
        } else if (action instanceof OpenFlowAction.Resubmit a) {
            resubmit(a);
        } else if (action instanceof OpenFlowAction.GotoTable a) {
            lookup(a.table());
        } else if (action instanceof OpenFlowAction.PushVlan
                || action instanceof OpenFlowAction.PopVlan
                || action instanceof OpenFlowAction.SetVlanVid
                || action instanceof OpenFlowAction.SetVlanPcp) {
            vlan(action);
        } else if (action instanceof OpenFlowAction.DecTtl) {
            decrementTtl();
        } else if (action instanceof OpenFlowAction.Ct a) {
            track(a.spec());
        } else if (action instanceof OpenFlowAction.CtClear) {
            clearTracking();
        } else if (action instanceof OpenFlowAction.Meter a) {
            commit();
            verdict.actions().add(new DatapathAction.Meter(a.id()));
        } else if (action instanceof OpenFlowAction.Sample a) {
            commit();
            verdict.actions()
                    .add(
                            new DatapathAction.Sample(
                                    a.probability(),
                                    a.collectorSet(),
                                    a.obsDomain(),
                                    a.obsPoint()));
        } else if (action instanceof OpenFlowAction.Clone a) {
            long[] saved = flow.clone();
            perform(a.actions());
            System.arraycopy(saved, 0, flow, 0, flow.length);
            exit = verdict.error() != null;
        } else if (action instanceof OpenFlowAction.Exit) {
            exit = true;
        }
    }

    private void look(FlowField field) {
        verdict.mask().exact(field);
    }

    /** Makes part of a field significant, if it is the packet's. */
    private void look(OpenFlowAction.Subfield part) {
        if (RuleKey.isOfPacket(part.field().word())) {
            part.set(wildcards, WideValue.ones(0, part.bits()));
        }
    }

    private void commit() {
        Commit.changes(base, flow, verdict.actions());
    }

    private void emit(int port) {
        commit();
        verdict.actions().add(new DatapathAction.Output(ports.toDatapath(port)));
    }

    private void output(int port) {
        switch (port) {
            case OpenFlowAction.PORT_IN_PORT -> emit(inPort);
            case OpenFlowAction.PORT_NORMAL -> normal();
            case OpenFlowAction.PORT_FLOOD, OpenFlowAction.PORT_ALL -> flood();
            case OpenFlowAction.PORT_TABLE -> lookup(0);
            case OpenFlowAction.PORT_CONTROLLER -> {
                commit();
                verdict.actions().add(new DatapathAction.ToController(0xffff, rule.cookie()));
            }
            default -> {
                if (port != FlowField.IN_PORT.get(flow) && ports.exists(port)) {
                    emit(port);
                }
            }
        }
    }

    private void flood() {
        for (int port : ports.all()) {
            if (port != FlowField.IN_PORT.get(flow)) {
                emit(port);
            }
        }
    }

    /** Learns where the packet came from, and sends it where its destination was seen. */
    private void normal() {
        look(FlowField.DL_SRC);
        look(FlowField.DL_DST);
        FlowField.VLAN_TCI.set(wildcards, FlowField.VLAN_TCI.get(wildcards) | TAG | VID);
        long destination = FlowField.DL_DST.get(flow);
        if ((destination & RESERVED_BITS) == RESERVED_MULTICAST) {
            return;
        }
        int vlan = (int) FlowField.VLAN_TCI.get(flow) & VID;
        long source = FlowField.DL_SRC.get(flow);
        if (learns && !isMulticast(source)) {
            macs.learn(vlan, source, inPort);
        }
        int port = isMulticast(destination) ? MacTable.UNKNOWN : macs.port(vlan, destination);
        if (port == MacTable.UNKNOWN) {
            flood();
        } else if (port != inPort && ports.exists(port)) {
            emit(port);
        }
    }

    private static boolean isMulticast(long mac) {
        return (mac >> 40 & 1) != 0;
    }

    /** Whether the packet has a field, having looked at what that takes. */
    private boolean has(RuleField field) {
        switch (field.needs()) {
            case PORTS, TCP, UDP, SCTP, ICMP, ICMPV6, ND -> {
                if (Prerequisite.IP.isMet(flow)) {
                    look(FlowField.NW_PROTO);
                    look(FlowField.NW_FRAG);
                }
                boolean later = (FlowField.NW_FRAG.get(flow) & FRAGMENT_LATER) != 0;
                return !later && field.needs().isMet(flow);
            }
            default -> {
                return field.needs().isMet(flow);
            }
        }
    }

    private void set(RuleField field, WideValue value, WideValue mask) {
        boolean vlan =
                field == RuleFields.VLAN_VID
                        || field == RuleFields.VLAN_PCP
                        || field == RuleFields.VLAN_TCI;
        if (vlan) {
            look(FlowField.VLAN_TCI);
            look(FlowField.VLAN_TPID);
        }
        if (!has(field)) {
            return;
        }
        if (RuleKey.isOfPacket(field.word())) {
            field.set(wildcards, mask, mask);
        }
        field.set(flow, value, mask);
        if (vlan && FlowField.VLAN_TCI.get(flow) != 0 && FlowField.VLAN_TPID.get(flow) == 0) {
            FlowField.VLAN_TPID.set(flow, VLAN_TPID);
        }
    }

    private void move(OpenFlowAction.Move move) {
        if (has(move.from().field()) && has(move.to().field())) {
            look(move.from());
            look(move.to());
            move.to().set(flow, move.from().get(flow));
        }
    }

    private void resubmit(OpenFlowAction.Resubmit resubmit) {
        int next = resubmit.table() < 0 ? table : resubmit.table();
        long saved = FlowField.IN_PORT.get(flow);
        if (resubmit.port() >= 0) {
            FlowField.IN_PORT.set(flow, resubmit.port());
        }
        lookup(next);
        FlowField.IN_PORT.set(flow, saved);
    }

    private void vlan(OpenFlowAction action) {
        look(FlowField.VLAN_TPID);
        look(FlowField.VLAN_TCI);
        look(FlowField.CVLAN_TPID);
        look(FlowField.CVLAN_TCI);
        long tci = FlowField.VLAN_TCI.get(flow);
        if (action instanceof OpenFlowAction.PushVlan push) {
            FlowField.CVLAN_TPID.set(flow, FlowField.VLAN_TPID.get(flow));
            FlowField.CVLAN_TCI.set(flow, tci);
            FlowField.VLAN_TPID.set(flow, push.ethertype());
            FlowField.VLAN_TCI.set(flow, TAG);
        } else if (action instanceof OpenFlowAction.PopVlan) {
            FlowField.VLAN_TPID.set(flow, FlowField.CVLAN_TPID.get(flow));
            FlowField.VLAN_TCI.set(flow, FlowField.CVLAN_TCI.get(flow));
            FlowField.CVLAN_TPID.set(flow, 0);
            FlowField.CVLAN_TCI.set(flow, 0);
        } else {
            if (FlowField.VLAN_TPID.get(flow) == 0) {
                FlowField.VLAN_TPID.set(flow, VLAN_TPID);
            }
            boolean vid = action instanceof OpenFlowAction.SetVlanVid;
            long bits =
                    action instanceof OpenFlowAction.SetVlanVid v
                            ? v.vid()
                            : ((OpenFlowAction.SetVlanPcp) action).pcp() << 13;
            FlowField.VLAN_TCI.set(flow, tci & ~(vid ? VID : PCP) | bits | TAG);
        }
    }

    private void decrementTtl() {
        if (!Prerequisite.IP.isMet(flow)) {
            return;
        }
        look(FlowField.NW_TTL);
        long ttl = FlowField.NW_TTL.get(flow);
        if (ttl > 1) {
            FlowField.NW_TTL.set(flow, ttl - 1);
        } else {
            // The controller is told, and the packet goes no further.
            verdict.actions().add(new DatapathAction.ToController(0xffff, rule.cookie()));
            exit = true;
        }
    }

    private void track(CtSpec ct) {
        commit();
        int zone = ct.zone();
        if (ct.zoneField() != null) {
            look(ct.zoneField());
            zone = (int) ct.zoneField().get(flow).low();
        }
        long[] before = flow.clone();
        FlowField.CT_MARK.set(flow, 0);
        FlowField.CT_LABEL.set(flow, 0, 0);
        long[] written = new long[RuleKey.WORDS];
        for (OpenFlowAction action : ct.exec()) {
            if (action instanceof OpenFlowAction.SetField set) {
                set.field().set(flow, set.value(), set.mask());
                set.field().set(written, set.mask(), set.mask());
            } else if (action instanceof OpenFlowAction.Move move) {
                look(move.from());
                move.to().set(flow, move.from().get(flow));
                move.to().set(written, WideValue.ones(0, move.to().bits()));
            }
        }
        DatapathAction.FieldBits mark = bits(FlowField.CT_MARK, written);
        DatapathAction.FieldBits label = bits(FlowField.CT_LABEL, written);
        System.arraycopy(before, 0, flow, 0, flow.length);
        verdict.actions()
                .add(
                        new DatapathAction.Ct(
                                ct.commit(), ct.force(), zone, mark, label, ct.nat(), ct.helper()));
        if (ct.table() >= 0) {
            long[] state = Arrays.copyOfRange(flow, RuleKey.REGISTERS, RuleKey.METADATA + 1);
            int id = recircIds.idOf(new RecircIds.State(ct.table(), state));
            verdict.actions().add(new DatapathAction.Recirc(id));
        }
    }

    private DatapathAction.FieldBits bits(FlowField field, long[] written) {
        return field.bits() > 64
                ? new DatapathAction.FieldBits(
                        field,
                        "",
                        new WideValue(flow[field.word()], flow[field.word() + 1]),
                        new WideValue(written[field.word()], written[field.word() + 1]))
                : new DatapathAction.FieldBits(
                        field, "", WideValue.of(field.get(flow)), WideValue.of(field.get(written)));
    }

    private void clearTracking() {
        look(FlowField.CT_STATE);
        if (tracked || FlowField.CT_STATE.get(flow) != 0) {
            verdict.actions().add(new DatapathAction.CtClear());
            tracked = false;
        }
        for (FlowField field : List.of(FlowField.CT_STATE, FlowField.CT_ZONE, FlowField.CT_MARK)) {
            field.set(flow, 0);
        }
        FlowField.CT_LABEL.set(flow, 0, 0);
    }
}
