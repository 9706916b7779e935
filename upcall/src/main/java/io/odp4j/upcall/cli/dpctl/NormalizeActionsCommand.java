package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowParser;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/**
 * {@code normalize-actions}: actions sorted, so that two lists that do the same to a flow's packets
 * read the same. Those that meet the packet with the same VLAN tags stand in one line, and
 * neighbouring outputs by port.
 */
@Command(
        name = "normalize-actions",
        customSynopsis = "odp4j dpctl normalize-actions [flow actions]",
        description = {
            "Prints what a list of actions does to the packets of a flow, by the VLAN tags that"
                    + " they have at that moment, neighbouring outputs sorted.",
            "Without arguments, answers each line of standard input, FLOW ACTIONS, with one line."
        })
final class NormalizeActionsCommand extends LineTask {
    private static final int LONGEST = 1 << 16;
    private static final int TAG_PRESENT = 0x1000;

    /** A packet's tags, outermost first: TPID in the upper, TCI in the lower 16 bits. */
    private record Tags(int outer, int inner) {
        Tags push(int tag) {
            return new Tags(tag, outer);
        }

        Tags pop() {
            return new Tags(inner, 0);
        }

        int order() {
            return outer & 0xffff;
        }
    }

    private record Group(Tags tags, List<Attribute> actions) {}

    /** What meets the same headers: these and the actions, both as text. */
    private record Part(String headers, String actions) {}

    private final FlowParser flowParser = new FlowParser();
    private final ActionParser actionParser = new ActionParser();
    private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST).order(ByteOrder.nativeOrder());

    @Override
    int run(Output out) throws Exception {
        if (words.isEmpty()) {
            return super.run(out);
        }
        requireWords(2, 2);
        String flow = input(words.get(0));
        List<Part> parts = parts(words.get(0), words.get(1));
        if (options.json) {
            object(flow, parts, out);
        } else {
            out.line("input flow: " + flow);
            for (Part part : parts) {
                out.line(part.headers() + ": " + part.actions());
            }
        }
        return 0;
    }

    @Override
    void answer(String line, Output out) throws IOException, DpctlException {
        FlowLine halves = FlowLine.of(line.strip());
        if (halves.actions() == null) {
            throw new DpctlException("a flow without actions");
        }
        try {
            actionParser.parse(halves.actions());
        } catch (FlowSyntaxException e) {
            throw new DpctlException(
                    String.format(
                            "expected %s at column %d of the actions",
                            e.expected(), e.offset() + 1));
        }
        List<Part> parts = parts(halves.flow(), halves.actions());
        if (options.json) {
            object(input(halves.flow()), parts, out);
        } else {
            out.line(
                    parts.stream()
                            .map(part -> part.headers() + ": " + part.actions())
                            .collect(Collectors.joining("; ")));
        }
    }

    private static void object(String flow, List<Part> parts, Output out) throws IOException {
        out.object(
                json -> {
                    json.writeStringField("match", flow);
                    json.writeArrayFieldStart("parts");
                    for (Part part : parts) {
                        json.writeStartObject();
                        json.writeStringField("headers", part.headers());
                        json.writeStringField("actions_text", part.actions());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    private String input(String flow) {
        return new FlowFormatter(FlowPrinter.form(options))
                .format(flowParser.parse(flow).key(), null);
    }

    private List<Part> parts(String flow, String actions) {
        FlowKey key = key(flow);
        List<Group> groups = group(key, actionParser.parse(actions));
        groups.sort(Comparator.comparingInt(group -> group.tags().order()));
        ActionFormatter formatter = new ActionFormatter(FlowPrinter.form(options));
        return groups.stream().map(group -> part(group, key, formatter)).toList();
    }

    private FlowKey key(String flow) {
        MessageWriter writer = new MessageWriter().wrap(buffer, 0, LONGEST);
        flowParser.parse(flow, writer, null);
        FlowKey key = new FlowKey();
        FlowKeyDecoder.decodeKey(buffer, 0, writer.written(), key);
        return key;
    }

    private static List<Group> group(FlowKey key, AttributeList actions) {
        long[] w = key.words();
        Tags tags =
                new Tags(
                        tag(FlowField.VLAN_TPID.get(w), FlowField.VLAN_TCI.get(w)),
                        tag(FlowField.CVLAN_TPID.get(w), FlowField.CVLAN_TCI.get(w)));
        List<Group> groups = new ArrayList<>();
        for (Attribute action : actions) {
            if (action.number() == ActionAttributes.POP_VLAN.number()) {
                tags = tags.pop();
            } else if (action.number() == ActionAttributes.PUSH_VLAN.number()) {
                StructValue pushed = action.asStruct();
                tags = tags.push(tag(pushed.number("vlan_tpid"), pushed.number("vlan_tci")));
            } else {
                groupOf(tags, groups).actions().add(action);
            }
        }
        return groups;
    }

    private static int tag(long tpid, long tci) {
        return (int) (tpid << 16 | tci);
    }

    private static Group groupOf(Tags tags, List<Group> groups) {
        for (Group group : groups) {
            if (group.tags().equals(tags)) {
                return group;
            }
        }
        Group group = new Group(tags, new ArrayList<>());
        groups.add(group);
        return group;
    }

    private static Part part(Group group, FlowKey key, ActionFormatter formatter) {
        StringBuilder text = new StringBuilder();
        boolean outer = print(group.tags().outer(), text);
        if (!outer) {
            text.append("no vlan: ");
        } else {
            print(group.tags().inner(), text);
        }
        long[] w = key.words();
        int type = (int) FlowField.DL_TYPE.get(w);
        if (type == Protocol.ETH_MPLS || type == Protocol.ETH_MPLS_MULTICAST) {
            int lse = (int) FlowField.MPLS_LSE0.get(w);
            text.append(
                    String.format(
                            "mpls(label=%d,tc=%d,ttl=%d)", lse >>> 12, lse >>> 9 & 7, lse & 0xff));
        } else {
            text.append("no mpls");
        }
        AttributeList sorted = new AttributeList(ActionAttributes.TABLE);
        sortOutputs(group.actions()).forEach(sorted::add);
        return new Part(text.toString(), formatter.format(sorted));
    }

    private static boolean print(int tag, StringBuilder text) {
        if ((tag & 0xffff) == 0) {
            return false;
        }
        text.append("vlan(");
        if (tag >>> 16 != Protocol.ETH_VLAN) {
            text.append(String.format("tpid=0x%04x,", tag >>> 16));
        }
        text.append(String.format("vid=%d,pcp=%d", tag & 0xfff, tag >>> 13 & 7));
        text.append((tag & TAG_PRESENT) == 0 ? ",cfi=0): " : "): ");
        return true;
    }

    private static List<Attribute> sortOutputs(List<Attribute> actions) {
        int from = 0;
        while (from < actions.size()) {
            int to = from;
            while (to < actions.size()
                    && actions.get(to).number() == ActionAttributes.OUTPUT.number()) {
                to++;
            }
            actions.subList(from, to).sort(Comparator.comparingLong(Attribute::asLong));
            from = to + 1;
        }
        return actions;
    }
}
