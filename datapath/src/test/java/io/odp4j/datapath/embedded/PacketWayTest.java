package io.odp4j.datapath.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.SocketOption;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.packet.FrameBuilder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of packets: misses, flows, actions, losses. */
class PacketWayTest {
    private static final byte[] UDP =
            FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                    .ipv4(0x0a000001, 0x0a000002)
                    .udp(1000, 2000)
                    .payload(30)
                    .build();

    @RegisterExtension final Bench bench = new Bench();

    @Test
    void shouldSendUpWhatNoFlowMatches() throws Exception {
        bench.addPorts();
        bench.receive(bench.linkTwo, UDP);
        Bench.Upcall upcall = bench.upcall();
        assertThat(upcall.command()).isEqualTo(Bench.MISS);
        assertThat(upcall.packet()).isEqualTo(UDP);
        assertThat(upcall.key().inPort()).isEqualTo(2);
        assertThat(upcall.key().get(FlowField.TP_DST)).isEqualTo(2000);
        assertThat(bench.upcall()).isNull();
        assertThat(bench.datapaths.get("dp0").stat("n_missed")).isEqualTo(1);
    }

    @Test
    void shouldCountFlowsAndForward() throws Exception {
        bench.addPorts();
        assertThat(bench.addFlow(0x0800, w -> w.putU32(1, 2))).isNull();
        for (int i = 0; i < 5; i++) {
            bench.receive(bench.linkOne, UDP);
        }
        assertThat(bench.two.frames).hasSize(5).allMatch(f -> Arrays.equals(f, UDP));
        assertThat(bench.upcall()).isNull();
        assertThat(bench.datapaths.get("dp0").stat("n_hit")).isEqualTo(5);
        assertThat(bench.vports.find("two").orElseThrow().stat("tx_bytes"))
                .isEqualTo(5L * UDP.length);
    }

    @Test
    void shouldPushAndPopTags() {
        assertThat(actedOn(UDP, w -> w.putBytes(4, tag(0x8100, 0x1005)).putU32(1, 2)))
                .isEqualTo(
                        FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                                .vlan(5)
                                .ipv4(0x0a000001, 0x0a000002)
                                .udp(1000, 2000)
                                .payload(30)
                                .build());
        assertThat(
                        actedOn(
                                UDP,
                                w -> {
                                    w.putBytes(4, tag(0x88a8, 0x1005)).putFlag(5).putU32(1, 2);
                                }))
                .isEqualTo(UDP);
    }

    @Test
    void shouldSetFieldsAndTheirChecksums() {
        byte[] set =
                actedOn(
                        UDP,
                        w -> {
                            nest(
                                    w,
                                    11,
                                    i ->
                                            i.putBytes(
                                                    7,
                                                    hex(
                                                            "0a0000090000000000004000"
                                                                    + "ffffffff000000000000ff00")));
                            nest(w, 3, i -> i.putBytes(10, hex("00500051")));
                            w.putU32(1, 2);
                        });
        assertThat(set)
                .isEqualTo(
                        FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                                .ipv4(0x0a000009, 0x0a000002)
                                .ttl(0x40)
                                .udp(0x50, 0x51)
                                .payload(30)
                                .build());
    }

    @Test
    void shouldSendUpWithCookieAndCut() throws Exception {
        bench.addPorts();
        assertThat(
                        bench.execute(
                                UDP,
                                w -> {
                                    w.putU32(13, 20);
                                    nest(
                                            w,
                                            2,
                                            i ->
                                                    i.putU32(1, bench.upcalls.portId())
                                                            .putBytes(2, hex("0102030405")));
                                }))
                .isNull();
        Bench.Upcall upcall = bench.upcall();
        assertThat(upcall.command()).isEqualTo(Bench.ACTION);
        assertThat(upcall.userdata()).isEqualTo(hex("0102030405"));
        assertThat(upcall.packet()).isEqualTo(Arrays.copyOf(UDP, 20));
        assertThat(upcall.fullLength()).isEqualTo(UDP.length);
    }

    @Test
    void shouldLookUpAgainUnderARecirculationId() throws Exception {
        bench.addPorts();
        assertThat(bench.execute(UDP, w -> w.putU32(7, 9))).isNull();
        assertThat(bench.upcall().key().recircId()).isEqualTo(9);
    }

    /** Until it is read anew a kernel's key has the addresses that pop_eth took off. */
    @Test
    void shouldKeepTheAddressesOfAHeaderThatIsGone() throws Exception {
        bench.addPorts();
        assertThat(
                        bench.flow(
                                FlowAttributes.CMD_NEW,
                                MessageHeader.CREATE,
                                w -> {
                                    nest(
                                            w,
                                            1,
                                            i ->
                                                    i.putU32(20, 9)
                                                            .putBytes(6, hex("0800"))
                                                            .putBytes(7, new byte[12]));
                                    nest(w, 7, i -> i.putU32(20, -1).putBytes(6, hex("ffff")));
                                    nest(
                                            w,
                                            2,
                                            i -> {
                                                i.putBytes(14, hex("020000000008020000000009"));
                                                nest(
                                                        i,
                                                        2,
                                                        u -> u.putU32(1, bench.upcalls.portId()));
                                            });
                                }))
                .isNull();
        assertThat(bench.execute(UDP, w -> w.putFlag(15).putU32(7, 9))).isNull();
        Bench.Upcall upcall = bench.upcall();
        assertThat(upcall.command()).isEqualTo(Bench.ACTION);
        assertThat(upcall.packet()[5]).isEqualTo((byte) 9);
        assertThat(upcall.key().dlDst()).isEqualTo(0x0200_0000_0002L);
        assertThat(upcall.key().dlSrc()).isEqualTo(0x0200_0000_0001L);
    }

    @Test
    void shouldEndALoopOfRecirculations() throws Exception {
        bench.addPorts();
        assertThat(
                        bench.flow(
                                FlowAttributes.CMD_NEW,
                                MessageHeader.CREATE,
                                w -> {
                                    nest(w, 1, i -> i.putBytes(4, new byte[12]));
                                    nest(w, 7, i -> {});
                                    nest(w, 2, i -> i.putU32(1, 2).putU32(7, 1));
                                }))
                .isNull();
        bench.receive(bench.linkOne, UDP);
        assertThat(bench.two.frames).isNotEmpty().hasSizeLessThan(50);
    }

    @Test
    void shouldTakeTheBranchOfThePacketsLength() {
        Consumer<MessageWriter> branches =
                w ->
                        nest(
                                w,
                                21,
                                i -> {
                                    i.putU16(1, UDP.length);
                                    nest(i, 2, g -> g.putU32(1, 1));
                                    nest(i, 3, l -> l.putU32(1, 2));
                                });
        assertThat(actedOn(UDP, branches)).isEqualTo(UDP);
        assertThat(bench.one.frames).isEmpty();
        byte[] longer = Arrays.copyOf(UDP, UDP.length + 1);
        assertThat(bench.execute(longer, branches)).isNull();
        assertThat(bench.one.frames).hasSize(1);
    }

    @Test
    void shouldChangeOnlyTheCopyOfAClone() throws Exception {
        bench.addPorts();
        assertThat(
                        bench.execute(
                                UDP,
                                w -> {
                                    nest(
                                            w,
                                            20,
                                            i -> i.putBytes(4, tag(0x8100, 0x1005)).putU32(1, 1));
                                    w.putU32(1, 2);
                                }))
                .isNull();
        assertThat(bench.one.frames).singleElement().matches(f -> f.length == UDP.length + 4);
        assertThat(bench.two.frames).containsExactly(UDP);
    }

    @Test
    void shouldCountWhatAFullSocketLosesAndTellItsReader() throws Exception {
        bench.upcalls.set(SocketOption.RCVBUF, 4096);
        bench.addPorts();
        int sent = 500;
        for (int i = 0; i < sent; i++) {
            bench.receive(bench.linkOne, UDP);
        }
        long lost = bench.datapaths.get("dp0").stat("n_lost");
        assertThat(lost).isPositive();
        int came = 0;
        int overruns = 0;
        for (int quiet = 0; quiet < 100; ) {
            MessageReader message = bench.nextMessage();
            if (message == null) {
                quiet++;
                Thread.sleep(2);
            } else if (message.type() == MessageHeader.OVERRUN) {
                overruns++;
            } else {
                came++;
            }
        }
        assertThat(came).isEqualTo(sent - lost);
        assertThat(overruns).isEqualTo(1);
    }

    @Test
    void shouldAllocateNothingForAPacketThatAFlowMatches() throws Exception {
        bench.addPorts();
        assertThat(bench.addFlow(0x0800, w -> w.putU32(1, 9))).isNull();
        ByteBuffer frame = ByteBuffer.allocateDirect(UDP.length).order(ByteOrder.nativeOrder());
        frame.put(0, UDP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = 0;
        int rounds = 200_000;
        for (int i = 0; i < 2 * rounds; i++) {
            if (i == rounds) {
                before = threads.getThreadAllocatedBytes(thread);
            }
            bench.linkOne.receive(frame, 0, UDP.length);
        }
        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(rounds / 100);
        assertThat(bench.datapaths.get("dp0").stat("n_hit")).isEqualTo(2 * rounds);
    }

    /** What comes out of port 2. */
    private byte[] actedOn(byte[] frame, Consumer<MessageWriter> actions) {
        bench.two.frames.clear();
        try {
            if (bench.vports.find("one").isEmpty()) {
                bench.addPorts();
            }
        } catch (io.odp4j.datapath.netlink.NetlinkException e) {
            throw new AssertionError(e);
        }
        assertThat(bench.execute(frame, actions)).isNull();
        assertThat(bench.two.frames).hasSize(1);
        return bench.two.frames.get(0);
    }

    private static void nest(MessageWriter w, int type, Consumer<MessageWriter> inner) {
        int nest = w.beginPlainNest(type);
        inner.accept(w);
        w.endNest(nest);
    }

    private static byte[] tag(int tpid, int tci) {
        return new byte[] {(byte) (tpid >> 8), (byte) tpid, (byte) (tci >> 8), (byte) tci};
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
