package io.odp4j.datapath.ovs;

import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowStatsText;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.flow.text.Ufid;

/** A flow as one line of {@code ovs-dpctl dump-flows}. One thread's. */
public final class FlowText {
    private final FlowTextOptions options;
    private final FlowFormatter keys;
    private final ActionFormatter actions;

    public FlowText(FlowTextOptions options) {
        this.options = options;
        this.keys = new FlowFormatter(options);
        this.actions = new ActionFormatter(options);
    }

    /**
     * Appends the line, without an end of line.
     *
     * @param nowMillis the monotonic clock, which a flow's last use is told in
     */
    public void format(StringBuilder out, FlowMessage flow, long nowMillis) {
        if (options.verbose() && flow.ufidLength() == Ufid.LENGTH) {
            Ufid.format(out, flow.buffer(), flow.ufidOffset());
            out.append(", ");
        }
        keys.format(
                out,
                flow.buffer(),
                Math.max(0, flow.keyOffset()),
                flow.keyLength(),
                flow.buffer(),
                Math.max(0, flow.maskOffset()),
                flow.maskLength());
        out.append(", ");
        long idle =
                flow.usedMillis() == 0
                        ? FlowStatsText.NEVER
                        : Math.max(0, nowMillis - flow.usedMillis());
        FlowStatsText.format(out, flow.packets(), flow.bytes(), idle, flow.tcpFlags());
        if (options.verbose()) {
            // Which datapath has the flow: never hardware, which the kernel's datapath does not
            // tell.
            out.append(", dp:ovs");
        }
        out.append(", actions:");
        actions.format(out, flow.buffer(), Math.max(0, flow.actionsOffset()), flow.actionsLength());
    }
}
