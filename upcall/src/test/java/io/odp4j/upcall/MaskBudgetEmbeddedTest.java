package io.odp4j.upcall;

import static io.odp4j.upcall.TwoHosts.count;
import static io.odp4j.upcall.TwoHosts.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An agent whose policy asks for more masks than the budget has. */
class MaskBudgetEmbeddedTest {
    private static final int BUDGET = 4;

    private static final List<FlowField> FIELDS =
            List.of(FlowField.DL_SRC, FlowField.DL_DST, FlowField.NW_SRC, FlowField.NW_DST);

    /** By which of the fields each packet is decided: every pair of them, then each alone. */
    private static final int[][] LOOKED_AT = {
        {0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}, {0}, {1}, {2}, {3}
    };

    /** Looks at other fields for each packet, and sends them all to the other port. */
    private static final class Fickle implements Policy {
        private int packets;

        @Override
        public void decide(FlowKey key, Verdict verdict) {
            verdict.match(FlowField.RECIRC_ID).match(FlowField.IN_PORT).match(FlowField.DL_TYPE);
            for (int field : LOOKED_AT[packets++]) {
                verdict.match(FIELDS.get(field));
            }
            verdict.actions().output(3 - key.inPort());
        }

        @Override
        public void decideAgain(FlowKey key, Verdict verdict) {
            verdict.match(FlowField.RECIRC_ID).match(FlowField.IN_PORT);
            verdict.actions().output(3 - key.inPort());
        }
    }

    /** A frame that differs from every other in each of the fields. */
    private static byte[] frame(int number) {
        return FrameBuilder.ethernet(0x0200_0000_0100L + number, 0x0200_0000_0200L + number)
                .ipv4(0x0a00_0100 + number, 0x0a00_0200 + number)
                .udp(1, 1)
                .payload(18)
                .build();
    }

    private static long masks(EmbeddedDatapath embedded) throws Exception {
        try (RequestChannel channel = RequestChannel.open(embedded.endpoint())) {
            return new Datapaths(channel, OvsFamilies.resolve(channel))
                    .get("budget")
                    .attributes()
                    .struct(DatapathAttributes.MEGAFLOW_STATS)
                    .number("n_masks");
        }
    }

    @Test
    void shouldNarrowOrLeaveOutFlowsButForwardEveryPacketOnceTheBudgetIsSpent() throws Exception {
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open();
                Generator a = Generator.plug(embedded, "a", 1);
                Generator b = Generator.plug(embedded, "b", 2);
                Agent agent =
                        Agent.builder("budget")
                                .endpoint(embedded.endpoint())
                                .ports(List.of("a", "b"))
                                .policy(new Fickle())
                                .maskBudget(BUDGET)
                                .start()) {
            for (int i = 0; i < LOOKED_AT.length; i++) {
                int sent = i + 1;
                a.send(frame(i));
                assertThat(eventually(() -> b.received() == sent)).as("frame %d", i).isTrue();
            }
            // Four pairs take the budget, two have no mask that would do; each field alone is part
            // of a pair.
            assertThat(eventually(() -> count(agent, Counter.FLOWS_NARROWED) == 4)).isTrue();
            assertThat(count(agent, Counter.FLOWS_OVER_MASK_BUDGET)).isEqualTo(2);
            assertThat(count(agent, Counter.FLOWS_INSTALLED)).isEqualTo(8);
            assertThat(count(agent, Counter.PACKETS_EXECUTED)).isEqualTo(10);
            assertThat(agent.rounds().await(5000)).isTrue();
            assertThat(masks(embedded)).isEqualTo(BUDGET);
            assertThat(agent.flows()).isEqualTo(8);
            // What was narrowed catches its packet in the datapath, what was left out comes up.
            a.send(frame(9));
            assertThat(eventually(() -> b.received() == 11)).isTrue();
            assertThat(count(agent, Counter.PACKETS_EXECUTED)).isEqualTo(10);
        }
    }
}
