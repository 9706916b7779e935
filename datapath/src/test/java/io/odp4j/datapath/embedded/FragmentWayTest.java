package io.odp4j.datapath.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.embedded.conntrack.ConntrackCounter;
import io.odp4j.datapath.embedded.forwarding.PacketCounter;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.PacketAttributes;
import io.odp4j.datapath.ovs.UpcallMessage;
import io.odp4j.datapath.packet.FrameBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The way of fragments through the switch, and what is counted on it. */
class FragmentWayTest {
    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final byte[] WHOLE =
            FrameBuilder.ethernet(2, 1).ipv4(1, 2).udp(10, 20).payload(3000).build();

    @RegisterExtension final Bench bench = new Bench();

    /** The UDP datagram in three fragments, each as long as it may be in so many bytes of IP. */
    private static List<byte[]> fragments(int mtu) {
        List<byte[]> frames = new ArrayList<>();
        int most = mtu - IPV4 & ~7;
        int from = ETHERNET + IPV4;
        for (int at = 0; from + at < WHOLE.length; at += most) {
            int end = Math.min(from + at + most, WHOLE.length);
            frames.add(
                    FrameBuilder.ethernet(2, 1)
                            .ipv4(1, 2)
                            .fragment(at / 8, end < WHOLE.length)
                            .proto(17)
                            .payload(Arrays.copyOfRange(WHOLE, from + at, end))
                            .build());
        }
        return frames;
    }

    private static void actions(MessageWriter w, String text) {
        new ActionParser().parse(text, w);
    }

    private long count(PacketCounter counter) {
        return bench.embedded.counters()[counter.ordinal()];
    }

    private long count(ConntrackCounter counter) {
        return bench.embedded.conntrackCounters()[counter.ordinal()];
    }

    @Test
    void shouldSendOutInFragmentsWhatCameInFragments() throws Exception {
        bench.addPorts();
        assertThat(bench.addFlow(0x0800, w -> actions(w, "ct(),2"))).isNull();
        List<byte[]> frames = fragments(1420);
        for (byte[] frame : frames) {
            assertThat(bench.two.frames).isEmpty();
            bench.receive(bench.linkOne, frame);
        }
        assertThat(bench.two.frames).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(bench.two.frames.get(i)).isEqualTo(frames.get(i));
        }
        assertThat(count(PacketCounter.RECEIVED)).isEqualTo(3);
        assertThat(count(PacketCounter.KEPT)).isEqualTo(2);
        assertThat(count(PacketCounter.SENT)).isEqualTo(1);
        assertThat(count(ConntrackCounter.FRAGMENTS_TAKEN)).isEqualTo(3);
        assertThat(count(ConntrackCounter.FRAGMENTS_JOINED)).isEqualTo(3);
        assertThat(bench.vports.find("two").orElseThrow().stat("tx_packets")).isEqualTo(3);
    }

    @Test
    void shouldSendUpTheWholePacketWithItsLongestFragment() throws Exception {
        bench.addPorts();
        for (byte[] frame : fragments(1420)) {
            assertThat(bench.nextMessage()).isNull();
            String pid = Integer.toUnsignedString(bench.upcalls.portId());
            assertThat(bench.execute(frame, w -> actions(w, "ct(),userspace(pid=" + pid + ")")))
                    .isNull();
        }
        MessageReader reader = bench.nextMessage();
        UpcallMessage message = new UpcallMessage().wrap(reader);
        byte[] packet = new byte[message.packetLength()];
        message.buffer().get(message.packetOffset(), packet);
        assertThat(packet).isEqualTo(WHOLE);
        assertThat(message.mru()).isEqualTo(1420);
    }

    @Test
    void shouldReadTheKeyOfTheWholePacket() throws Exception {
        bench.addPorts();
        assertThat(bench.addFlow(0x0800, w -> actions(w, "ct(),recirc(1)"))).isNull();
        List<byte[]> frames = fragments(1420);
        for (int i = 2; i >= 0; i--) {
            bench.receive(bench.linkOne, frames.get(i));
        }
        Bench.Upcall upcall = bench.upcall();
        assertThat(upcall.key().get(FlowField.TP_DST)).isEqualTo(20);
        assertThat(upcall.key().get(FlowField.NW_FRAG)).isZero();
        assertThat(upcall.packet()).isEqualTo(WHOLE);
    }

    @Test
    void shouldCutWhatARequestBringsWithItsLongestFragment() throws Exception {
        bench.addPorts();
        assertThat(executeWithMru(WHOLE, 1420)).isNull();
        assertThat(bench.two.frames).hasSize(3);
        bench.two.frames.clear();
        assertThat(executeWithMru(WHOLE, 5000)).isNull();
        assertThat(bench.two.frames).containsExactly(WHOLE);
        byte[] other = FrameBuilder.ethernet(2, 1).type(0x88b5).payload(2000).build();
        assertThat(executeWithMru(other, 1420)).isNull();
        assertThat(executeWithMru(WHOLE, 21)).isNull();
        assertThat(count(PacketCounter.EXECUTED)).isEqualTo(4);
        assertThat(count(PacketCounter.SENT)).isEqualTo(2);
        assertThat(count(PacketCounter.NOT_FRAGMENTED)).isEqualTo(2);
    }

    private Object executeWithMru(byte[] frame, int mru) {
        return bench.refusal(
                bench.families.packet(),
                PacketAttributes.CMD_EXECUTE,
                0,
                w -> {
                    w.putBytes(PacketAttributes.PACKET.number(), frame);
                    int nest = w.beginPlainNest(PacketAttributes.KEY.number());
                    w.endNest(nest);
                    nest = w.beginPlainNest(PacketAttributes.ACTIONS.number());
                    actions(w, "2");
                    w.endNest(nest);
                    w.putU16(PacketAttributes.MRU.number(), mru);
                });
    }
}
