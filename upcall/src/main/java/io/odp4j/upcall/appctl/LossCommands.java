package io.odp4j.upcall.appctl;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.VportAttributes;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.reader.UpcallSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code loss/show}: everything that was lost, by its name; the queues that ran over; and what the
 * datapath itself counted.
 */
final class LossCommands {
    private static final Set<Counter> LOSSES =
            EnumSet.of(
                    Counter.UPCALLS_LOST_AT_SOCKET,
                    Counter.UPCALLS_TRUNCATED,
                    Counter.UPCALLS_FOREIGN,
                    Counter.UPCALLS_OVER_SHARE,
                    Counter.UPCALLS_MALFORMED,
                    Counter.UPCALLS_UNKNOWN,
                    Counter.READ_ERRORS,
                    Counter.POLICY_DROPS,
                    Counter.CLASSIFIER_ERRORS,
                    Counter.ACTIONS_FAILED,
                    Counter.ACTIONS_UNHANDLED,
                    Counter.PACKETS_MUTED,
                    Counter.FLOW_INSTALL_FAILED,
                    Counter.EXECUTE_FAILED,
                    Counter.SEND_FAILED,
                    Counter.PACKETS_LOST_IN_SEND,
                    Counter.ERRORS_LOST,
                    Counter.EVENTS_LOST,
                    Counter.EVENTS_PASSED_OVER,
                    Counter.EVENTS_MISSED,
                    Counter.CONTROL_MALFORMED,
                    Counter.CONTROL_BROKEN);

    private final Agent agent;
    private final Supplier<long[]> counters;

    /**
     * @param counters all there are, by {@link Counter#ordinal}
     */
    LossCommands(Agent agent, Supplier<long[]> counters) {
        this.agent = agent;
        this.counters = counters;
    }

    void addTo(CommandTable table) {
        table.add(new ControlCommand("loss/show", "[--json]", 0, 1, this::show));
    }

    private String show(List<String> arguments) throws ControlException {
        boolean json = Words.of(arguments, Set.of("--json"), Set.of()).has("--json");
        try (RequestChannel channel = RequestChannel.open(agent.endpoint())) {
            OvsFamilies families = OvsFamilies.resolve(channel);
            Datapath datapath = new Datapaths(channel, families).get(agent.name());
            List<Vport> ports = new Vports(channel, families).list(datapath.ifindex());
            return json ? json(datapath, ports) : text(datapath, ports);
        } catch (NetlinkException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }

    private String text(Datapath datapath, List<Vport> ports) {
        StringBuilder text = new StringBuilder("Lost by the agent:\n");
        long[] now = counters.get();
        int never = 0;
        for (Counter counter : LOSSES) {
            long count = now[counter.ordinal()];
            if (count == 0) {
                never++;
            } else {
                text.append(
                        String.format(
                                "  %-24s %10d  %s%n", counter.label(), count, counter.meaning()));
            }
        }
        text.append("  ").append(never).append(" kinds of loss never happened\n");
        text.append("Queues that ran over:\n");
        int over = 0;
        for (int shard = 0; shard < agent.shards(); shard++) {
            for (UpcallSource source : agent.sources(shard)) {
                if (source.losses() > 0) {
                    over++;
                    text.append(
                            String.format(
                                    "  shard %d, %s: %d times%n",
                                    shard, source.name(), source.losses()));
                }
            }
        }
        text.append(over == 0 ? "  none that is known by name\n" : "");
        text.append("Counted by the datapath:\n");
        text.append(
                String.format(
                        "  lost:%s of missed:%s, hit:%s%n",
                        unsigned(datapath.stat("n_lost")),
                        unsigned(datapath.stat("n_missed")),
                        unsigned(datapath.stat("n_hit"))));
        for (Vport port : ports) {
            port(port, text);
        }
        return text.toString();
    }

    /** A line for a port that lost something. */
    private static void port(Vport port, StringBuilder text) {
        long failed = upcalls(port, VportAttributes.UPCALL_FAIL);
        long errors = port.stat("rx_errors") | port.stat("tx_errors");
        long dropped = port.stat("rx_dropped") | port.stat("tx_dropped");
        if ((failed | errors | dropped) != 0) {
            text.append("  ").append(port.name());
            text.append(": upcalls lost:").append(unsigned(failed));
            text.append(" of ");
            text.append(unsigned(failed + upcalls(port, VportAttributes.UPCALL_SUCCESS)));
            for (String stat : List.of("rx_dropped", "rx_errors", "tx_dropped", "tx_errors")) {
                text.append(", ").append(stat).append(':').append(unsigned(port.stat(stat)));
            }
            text.append('\n');
        }
    }

    private static long upcalls(Vport port, AttributeSpec attribute) {
        AttributeList stats = port.attributes().list(VportAttributes.UPCALL_STATS);
        return stats == null ? 0 : stats.number(attribute, 0);
    }

    private String json(Datapath datapath, List<Vport> ports) {
        JsonLines lines = new JsonLines();
        lines.object(
                json -> {
                    long[] now = counters.get();
                    json.writeObjectFieldStart("agent");
                    for (Counter counter : LOSSES) {
                        json.writeNumberField(counter.label(), now[counter.ordinal()]);
                    }
                    json.writeEndObject();
                    json.writeArrayFieldStart("queues");
                    for (int shard = 0; shard < agent.shards(); shard++) {
                        for (UpcallSource source : agent.sources(shard)) {
                            json.writeStartObject();
                            json.writeNumberField("shard", shard);
                            json.writeStringField("queue", source.name());
                            json.writeNumberField("ran_over", source.losses());
                            json.writeEndObject();
                        }
                    }
                    json.writeEndArray();
                    json.writeObjectFieldStart("datapath");
                    json.writeNumberField("lost", datapath.stat("n_lost"));
                    json.writeNumberField("missed", datapath.stat("n_missed"));
                    json.writeNumberField("hit", datapath.stat("n_hit"));
                    json.writeEndObject();
                    json.writeArrayFieldStart("ports");
                    for (Vport port : ports) {
                        json.writeStartObject();
                        json.writeStringField("port", port.name());
                        json.writeNumberField(
                                "upcalls_lost", upcalls(port, VportAttributes.UPCALL_FAIL));
                        json.writeNumberField(
                                "upcalls_queued", upcalls(port, VportAttributes.UPCALL_SUCCESS));
                        for (String stat :
                                List.of("rx_dropped", "rx_errors", "tx_dropped", "tx_errors")) {
                            json.writeNumberField(stat, port.stat(stat));
                        }
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
        return lines.toString();
    }

    private static String unsigned(long number) {
        return Long.toUnsignedString(number);
    }
}
