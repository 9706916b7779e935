package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeText;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.datapath.ovs.FlowText;
import io.odp4j.datapath.ovs.OvsEvents;
import io.odp4j.datapath.ovs.OvsHeader;
import io.odp4j.datapath.ovs.OvsTables;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code monitor}: what changes in datapaths, as it changes. */
@Command(
        name = "monitor",
        customSynopsis = "odp4j dpctl monitor [-m] [--count N]",
        description = {
            "Prints what the kernel tells of datapaths, ports, flows, meters and conntrack limits as"
                    + " they change, one line each, until killed.",
            "The kernel tells of no flow that is deleted with all others."
        })
final class MonitorCommand extends KernelTask {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    @Option(names = "--count", paramLabel = "N", description = "End after N events.")
    private int count;

    @Override
    void check() {
        requireWords(0, 0);
    }

    @Override
    int run(Session session, Output out) throws Exception {
        Map<Integer, String> names = new HashMap<>();
        try (OvsEvents events = OvsEvents.openAll(session.channel(), session.families())) {
            for (Datapath datapath : session.datapaths().list()) {
                names.put(datapath.ifindex(), datapath.name());
            }
            Watch watch = new Watch(options, count);
            Printer printer = new Printer(names, watch, out);
            watch.run(events.socket(), () -> events.poll(printer), out);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return 0;
    }

    private final class Printer implements OvsEvents.Listener {
        private final Map<Integer, String> names;
        private final Watch watch;
        private final Output out;
        private final FlowText text;
        private final FlowObject object;
        private final FlowMessage flow = new FlowMessage();

        Printer(Map<Integer, String> names, Watch watch, Output out) {
            this.names = names;
            this.watch = watch;
            this.out = out;
            this.text = new FlowText(FlowPrinter.form(options).withNames(PortNames.NONE));
            this.object = new FlowObject(FlowPrinter.form(options));
        }

        @Override
        public void datapath(int command, Datapath datapath) {
            names.put(datapath.ifindex(), datapath.name());
            print(OvsTables.DATAPATH, command, datapath.ifindex(), datapath.attributes());
        }

        @Override
        public void vport(int command, Vport vport) {
            print(OvsTables.VPORT, command, vport.dpIfindex(), vport.attributes());
        }

        @Override
        public void other(OvsTables family, MessageReader message) {
            if (family == OvsTables.FLOW) {
                print(flow.wrap(message));
            } else {
                print(
                        family,
                        message.command(),
                        OvsHeader.dpIfindex(message),
                        AttributeCodec.decode(family.table(), message, OvsHeader.PAYLOAD_OFFSET));
            }
        }

        @Override
        public void lost() {
            error("events were lost: they came faster than they are printed");
        }

        private void print(OvsTables family, int command, int ifindex, AttributeList attributes) {
            event(
                    family,
                    command,
                    ifindex,
                    () -> out.text().append(AttributeText.format(attributes)),
                    json -> {
                        json.writeFieldName("attributes");
                        AttributeJson.write(attributes, json);
                    });
        }

        private void print(FlowMessage changed) {
            long now = FlowPrinter.monotonicMillis();
            event(
                    OvsTables.FLOW,
                    changed.command(),
                    changed.dpIfindex(),
                    () -> text.format(out.text(), changed, now),
                    json -> {
                        json.writeObjectFieldStart("flow");
                        object.write(json, changed, now);
                        json.writeEndObject();
                    });
        }

        private void event(
                OvsTables family, int command, int ifindex, Runnable line, Output.Json fields) {
            if (!watch.count()) {
                return;
            }
            String what = name(family, command);
            String datapath = names.getOrDefault(ifindex, "?");
            String time = TIME.format(LocalTime.now());
            try {
                if (options.json) {
                    out.object(
                            json -> {
                                json.writeStringField("time", time);
                                json.writeStringField("family", family.family());
                                json.writeStringField("command", what);
                                json.writeStringField("datapath", datapath);
                                json.writeNumberField("dp_ifindex", ifindex);
                                fields.write(json);
                            });
                } else {
                    out.text().append(time).append(' ').append(family.family()).append(' ');
                    out.text().append(what).append(' ').append(datapath).append(": ");
                    line.run();
                    out.endLine();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The name of a family's command: {@code new}; its number if it has none. */
    private static String name(OvsTables family, int command) {
        for (String known : family.commands()) {
            int space = known.indexOf(' ');
            if (known.substring(space + 1).equals(Integer.toString(command))) {
                return known.substring(0, space).toLowerCase(Locale.ROOT);
            }
        }
        return Integer.toString(command);
    }
}
