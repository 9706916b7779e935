package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.datapath.ovs.FlowText;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;

/** Flows, one a line, as the options ask for them. */
final class FlowPrinter {
    /** Flows that one look at the clock serves: it can cost as much as printing one. */
    private static final int PER_CLOCK = 64;

    private final FlowText text;
    private final FlowObject json;
    private final Output out;
    private final boolean asJson;
    private int printed;
    private long now;

    FlowPrinter(DpctlCommand options, PortNames names, Output out) {
        FlowTextOptions form = form(options).withNames(names);
        this.text = new FlowText(form);
        this.json = new FlowObject(form);
        this.out = out;
        this.asJson = options.json;
    }

    /** How much of a flow is printed. */
    static FlowTextOptions form(DpctlCommand options) {
        return options.more ? FlowTextOptions.MORE : FlowTextOptions.PLAIN;
    }

    void print(FlowMessage flow) throws IOException {
        if (printed++ % PER_CLOCK == 0) {
            now = monotonicMillis();
        }
        if (asJson) {
            out.object(fields -> json.write(fields, flow, now));
        } else {
            text.format(out.text(), flow, now);
            out.endLine();
        }
    }

    /** The clock in which the kernel tells a flow's last use. */
    static long monotonicMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
