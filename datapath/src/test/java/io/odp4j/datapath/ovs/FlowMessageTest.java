package io.odp4j.datapath.ovs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.Wire;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.RandomAttributes;
import io.odp4j.datapath.netlink.table.StructValue;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The flow's hand-written view against the table-driven decoder. */
class FlowMessageTest {
    private final FlowMessage flow = new FlowMessage();

    @Property(tries = 2000)
    void shouldReadWhatTheTableReads(@ForAll long seed) {
        AttributeList list = new RandomAttributes(seed).list(FlowAttributes.TABLE);
        flow.wrap(Wire.read(OvsMessages.message(0x23, FlowAttributes.CMD_NEW, list)));
        assertThat(flow.dpIfindex()).isEqualTo(OvsMessages.DP_IFINDEX);
        assertThat(flow.command()).isEqualTo(FlowAttributes.CMD_NEW);
        assertThat(flow.hasKey()).isEqualTo(list.has(FlowAttributes.KEY));
        assertThat(flow.hasMask()).isEqualTo(list.has(FlowAttributes.MASK));
        assertThat(flow.hasActions()).isEqualTo(list.has(FlowAttributes.ACTIONS));
        assertThat(flow.key()).isEqualTo(nest(list, FlowAttributes.KEY));
        assertThat(flow.mask()).isEqualTo(nest(list, FlowAttributes.MASK));
        assertThat(flow.actions()).isEqualTo(nest(list, FlowAttributes.ACTIONS));
        StructValue stats = list.struct(FlowAttributes.STATS);
        assertThat(flow.packets()).isEqualTo(stats == null ? 0 : stats.number("n_packets"));
        assertThat(flow.bytes()).isEqualTo(stats == null ? 0 : stats.number("n_bytes"));
        assertThat(flow.usedMillis()).isEqualTo(list.number(FlowAttributes.USED, 0));
        assertThat(flow.tcpFlags()).isEqualTo((int) list.number(FlowAttributes.TCP_FLAGS, 0));
        byte[] ufid = list.bytes(FlowAttributes.UFID);
        assertThat(flow.hasUfid()).isEqualTo(ufid != null);
        if (ufid != null) {
            byte[] read = new byte[flow.ufidLength()];
            flow.buffer().get(flow.ufidOffset(), read);
            assertThat(read).isEqualTo(ufid);
            assertThat(Wire.join(Wire.u64(flow.ufidFirst()), Wire.u64(flow.ufidSecond())))
                    .isEqualTo(ufid.length == 16 ? ufid : new byte[16]);
        }
    }

    private static AttributeList nest(AttributeList list, AttributeSpec spec) {
        AttributeList nest = list.list(spec);
        return nest == null ? new AttributeList(spec.nested().get()) : nest;
    }

    @Test
    void shouldForgetTheFlowBefore() {
        AttributeList full =
                new AttributeList(FlowAttributes.TABLE)
                        .put(FlowAttributes.UFID, new byte[16])
                        .put(FlowAttributes.USED, 5)
                        .put(FlowAttributes.TCP_FLAGS, 5)
                        .put(
                                FlowAttributes.STATS,
                                StructValue.zero(FlowAttributes.STATS_STRUCT).with("n_bytes", 5));
        flow.wrap(Wire.read(OvsMessages.message(0x23, 1, full)));
        flow.wrap(Wire.read(OvsMessages.message(0x23, 1, new AttributeList(FlowAttributes.TABLE))));
        assertThat(flow.hasUfid()).isFalse();
        assertThat(flow.usedMillis() + flow.tcpFlags() + flow.bytes()).isZero();
    }

    @Test
    void shouldRefuseStatisticsThatAreTooShort() {
        byte[] bytes =
                Wire.message(
                        0x23, 0, 0, 0, Wire.generic(1, 1), Wire.u32(7), Wire.attr(3, new byte[15]));
        assertThatThrownBy(() -> flow.wrap(Wire.read(bytes)))
                .isInstanceOf(NetlinkFormatException.class)
                .hasMessage("attribute 3 has 15 bytes, not at least 16 at byte 28");
    }

    @Property(tries = 3000)
    void shouldSurviveMutatedFlows(@ForAll long seed, @ForAll byte value) {
        AttributeList list = new RandomAttributes(seed).list(FlowAttributes.TABLE);
        byte[] bytes = OvsMessages.message(0x23, 1, list);
        int at = (int) Long.remainderUnsigned(seed, bytes.length);
        bytes[at] = value;
        survive(bytes);
        survive(Arrays.copyOf(bytes, at));
    }

    @Property(tries = 2000)
    void shouldSurviveRandomBytes(@ForAll @Size(max = 100) byte[] bytes) {
        survive(Wire.message(0x23, 0, 0, 0, Wire.generic(1, 1), Wire.u32(7), bytes));
    }

    private void survive(byte[] bytes) {
        MessageReader message = new MessageReader().wrap(Wire.direct(bytes), 0, bytes.length);
        try {
            while (message.next()) {
                flow.wrap(message);
                flow.ufidFirst();
                flow.ufidSecond();
                flow.key();
                flow.mask();
                flow.actions();
            }
        } catch (NetlinkFormatException e) {
            assertThat(e.offset()).isBetween(0, bytes.length);
        }
    }
}
