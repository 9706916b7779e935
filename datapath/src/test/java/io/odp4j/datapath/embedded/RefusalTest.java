package io.odp4j.datapath.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.VportAttributes;
import io.odp4j.datapath.packet.FrameBuilder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The errors that a kernel gives, number by number. */
class RefusalTest {
    private static final Consumer<MessageWriter> NOTHING = w -> {};
    private static final byte[] FRAME =
            FrameBuilder.ethernet(2, 1).type(0x88b5).payload(50).build();
    private static final int ACTIONS = FlowAttributes.ACTIONS.number();

    @RegisterExtension final Bench bench = new Bench();

    // --- datapaths ---

    @Test
    void shouldWantNameAndPortIdForADatapath() {
        assertThat(datapath(DatapathAttributes.CMD_NEW, w -> w.putString(1, "dp1")))
                .isEqualTo(Errno.EINVAL);
        assertThat(datapath(DatapathAttributes.CMD_NEW, w -> w.putU32(2, 0)))
                .isEqualTo(Errno.EINVAL);
        assertThat(datapath(DatapathAttributes.CMD_NEW, w -> w.putString(1, "dp0").putU32(2, 0)))
                .isEqualTo(Errno.EEXIST);
        assertThat(datapath(DatapathAttributes.CMD_NEW, w -> w.putString(1, "one").putU32(2, 0)))
                .as("a device of that name")
                .isEqualTo(Errno.EEXIST);
        assertThat(
                        datapath(
                                DatapathAttributes.CMD_NEW,
                                w -> w.putString(1, "sixteen-letters-").putU32(2, 0)))
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void shouldRefuseFeaturesItDoesNotKnowAndClearThoseNotNamed() throws Exception {
        assertThat(
                        datapath(
                                DatapathAttributes.CMD_SET,
                                w -> w.putString(1, "dp0").putU32(5, 1 << 20)))
                .isEqualTo(Errno.EOPNOTSUPP);
        assertThat(bench.datapaths.get("dp0").userFeatures()).isEqualTo(1);
        assertThat(datapath(DatapathAttributes.CMD_SET, w -> w.putString(1, "dp0"))).isNull();
        assertThat(bench.datapaths.get("dp0").userFeatures()).isZero();
    }

    @Test
    void shouldNotFindADatapathThatIsNotThere() {
        assertThat(datapath(DatapathAttributes.CMD_GET, w -> w.putString(1, "dp9")))
                .isEqualTo(Errno.ENODEV);
        assertThat(datapath(9, NOTHING)).isEqualTo(Errno.EOPNOTSUPP);
    }

    private Errno datapath(int command, Consumer<MessageWriter> attributes) {
        return bench.refusal(bench.families.datapath(), command, 0, attributes);
    }

    // --- vports ---

    @Test
    void shouldRefuseVportsAsAKernelDoes() throws Exception {
        assertThat(bench.newVport("one", Vport.TYPE_NETDEV, 5)).isNull();
        assertThat(bench.newVport("one", Vport.TYPE_NETDEV, 6)).isEqualTo(Errno.EEXIST);
        assertThat(bench.newVport("two", Vport.TYPE_NETDEV, 5)).isEqualTo(Errno.EBUSY);
        assertThat(bench.newVport("none", Vport.TYPE_NETDEV, 7)).isEqualTo(Errno.ENODEV);
        assertThat(bench.newVport("lo", Vport.TYPE_NETDEV, 7)).isEqualTo(Errno.EINVAL);
        assertThat(bench.newVport("dp0", Vport.TYPE_NETDEV, 7)).isEqualTo(Errno.EINVAL);
        assertThat(bench.newVport("two", 77, 7)).isEqualTo(Errno.EAFNOSUPPORT);
        assertThat(bench.newVport("two", Vport.TYPE_NETDEV, 65_535)).isEqualTo(Errno.EFBIG);
        assertThat(bench.newVport("int0", Vport.TYPE_INTERNAL, 0)).isNull();
        Datapath other = bench.datapaths.create("dp1", 0, 0);
        assertThatThrownBy(
                        () ->
                                bench.vports.add(
                                        other.ifindex(),
                                        "one",
                                        Vport.TYPE_NETDEV,
                                        new int[] {0},
                                        null))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining("EBUSY");
    }

    @Test
    void shouldNotDeleteTheLocalPort() {
        assertThat(bench.vport(VportAttributes.CMD_DEL, w -> w.putU32(1, 0)))
                .isEqualTo(Errno.EINVAL);
        assertThat(bench.vport(VportAttributes.CMD_DEL, w -> w.putU32(1, 9)))
                .isEqualTo(Errno.ENODEV);
        assertThat(bench.vport(VportAttributes.CMD_GET, NOTHING)).isEqualTo(Errno.EINVAL);
    }

    @Test
    void shouldRefuseUpcallPortIdsThatAreNoWords() {
        assertThat(
                        bench.vport(
                                VportAttributes.CMD_SET,
                                w -> w.putU32(1, 0).putBytes(5, new byte[0])))
                .isEqualTo(Errno.EINVAL);
        assertThat(
                        bench.vport(
                                VportAttributes.CMD_SET,
                                w -> w.putU32(1, 0).putBytes(5, new byte[6])))
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void shouldEndADumpOfNoDatapathWithItsError() {
        assertThatThrownBy(() -> bench.vports.list(999))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining("ENODEV");
    }

    // --- flows ---

    @Test
    void shouldTellDuplicatesFromReplacements() {
        assertThat(bench.addFlow(0x88b5, NOTHING)).isNull();
        assertThat(bench.addFlow(0x88b5, NOTHING)).isEqualTo(Errno.EEXIST);
        assertThat(
                        bench.flow(
                                FlowAttributes.CMD_NEW,
                                0,
                                w -> {
                                    Bench.key(w, FlowAttributes.KEY.number(), 1, 0x88b5, 0);
                                    w.putBytes(ACTIONS, new byte[0]);
                                }))
                .as("the same key, to be replaced")
                .isNull();
    }

    @Test
    void shouldWantKeyAndActionsOfANewFlow() {
        assertThat(bench.flow(FlowAttributes.CMD_NEW, 0, w -> w.putBytes(ACTIONS, new byte[0])))
                .isEqualTo(Errno.EINVAL);
        assertThat(bench.flow(FlowAttributes.CMD_NEW, 0, w -> key(w, 0x88b5)))
                .isEqualTo(Errno.EINVAL);
        assertThat(bench.flow(FlowAttributes.CMD_GET, 0, NOTHING)).isEqualTo(Errno.EINVAL);
        assertThat(bench.flow(FlowAttributes.CMD_GET, 0, w -> key(w, 0x88b5)))
                .isEqualTo(Errno.ENOENT);
        assertThat(
                        bench.flow(
                                FlowAttributes.CMD_SET,
                                0,
                                w -> w.putBytes(9, new byte[16]).putBytes(ACTIONS, new byte[0])))
                .as("actions without a key")
                .isEqualTo(Errno.EINVAL);
        assertThat(bench.flow(FlowAttributes.CMD_DEL, 0, w -> w.putBytes(9, new byte[16])))
                .isEqualTo(Errno.ENOENT);
    }

    @Test
    void shouldFlushOnADeleteOfNothing() throws Exception {
        assertThat(bench.addFlow(0x88b5, NOTHING)).isNull();
        assertThat(bench.flow(FlowAttributes.CMD_DEL, 0, NOTHING)).isNull();
        assertThat(bench.datapaths.get("dp0").stat("n_flows")).isZero();
    }

    @Test
    void shouldNotFindAFlowWithUfidByItsKey() {
        Consumer<MessageWriter> flow =
                w -> {
                    key(w, 0x88b5);
                    w.putBytes(9, new byte[] {1, 2, 3}).putBytes(ACTIONS, new byte[0]);
                };
        assertThat(bench.flow(FlowAttributes.CMD_NEW, MessageHeader.CREATE, flow)).isNull();
        assertThat(bench.flow(FlowAttributes.CMD_GET, 0, w -> key(w, 0x88b5)))
                .isEqualTo(Errno.ENOENT);
        assertThat(bench.flow(FlowAttributes.CMD_GET, 0, w -> w.putBytes(9, new byte[] {1, 2, 3})))
                .isNull();
    }

    @Test
    void shouldRefuseAMaskOnWhatTheKeyDoesNotHave() {
        assertThat(
                        bench.flow(
                                FlowAttributes.CMD_NEW,
                                0,
                                w -> {
                                    key(w, 0x88b5);
                                    int mask = w.beginPlainNest(FlowAttributes.MASK.number());
                                    w.putBytes(7, new byte[] {-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
                                    w.endNest(mask);
                                    w.putBytes(ACTIONS, new byte[0]);
                                }))
                .isEqualTo(Errno.EINVAL);
        assertThat(bench.flow(FlowAttributes.CMD_NEW, 0, w -> ipv4WithoutHeader(w)))
                .as("IPv4 without its attribute")
                .isEqualTo(Errno.EINVAL);
    }

    private static void ipv4WithoutHeader(MessageWriter w) {
        int nest = w.beginPlainNest(FlowAttributes.KEY.number());
        w.putBytes(4, new byte[12]).putBe16(6, 0x0800);
        w.endNest(nest);
        w.putBytes(ACTIONS, new byte[0]);
    }

    private static void key(MessageWriter w, int etherType) {
        Bench.key(w, FlowAttributes.KEY.number(), 1, etherType, 0);
    }

    @Test
    void shouldRefuseAMaskWhoseLastAttributeLacksItsPadding() {
        byte[] etherType = HexFormat.of().parseHex("06000600ffff0000");
        Consumer<MessageWriter> flow = w -> key(w, 0x88b5);
        Consumer<MessageWriter> actions = flow.andThen(w -> w.putBytes(ACTIONS, new byte[0]));
        int mask = FlowAttributes.MASK.number();
        assertThat(
                        bench.flow(
                                FlowAttributes.CMD_NEW,
                                MessageHeader.CREATE,
                                actions.andThen(
                                        w -> w.putBytes(mask, Arrays.copyOf(etherType, 6)))))
                .isEqualTo(Errno.EINVAL);
        assertThat(
                        bench.flow(
                                FlowAttributes.CMD_NEW,
                                MessageHeader.CREATE,
                                actions.andThen(w -> w.putBytes(mask, etherType))))
                .isNull();
    }

    // --- actions ---

    @Test
    void shouldRefuseActionsAsAKernelDoes() {
        assertThat(actions(w -> w.putU32(1, 65_535))).as("output").isEqualTo(Errno.EINVAL);
        assertThat(actions(w -> w.putBytes(4, new byte[] {(byte) 0x81, 0, 0, 5})))
                .as("push_vlan without the bit for presence")
                .isEqualTo(Errno.EINVAL);
        assertThat(actions(w -> w.putU32(13, 13))).as("trunc").isEqualTo(Errno.EINVAL);
        assertThat(actions(w -> nest(w, 2, i -> i.putU32(1, 0))))
                .as("userspace with port id 0")
                .isEqualTo(Errno.EINVAL);
        assertThat(actions(w -> w.putU32(24, 1).putU32(1, 2)))
                .as("drop before another")
                .isEqualTo(Errno.EINVAL);
        assertThat(
                        actions(
                                w ->
                                        nest(
                                                w,
                                                11,
                                                i ->
                                                        i.putBytes(
                                                                15,
                                                                new byte[] {
                                                                    1, 0, 0, 0, 2, 0, 0, 0
                                                                }))))
                .as("set_masked beyond its mask")
                .isEqualTo(Errno.EINVAL);
        assertThat(actions(w -> w.putU32(99, 1))).as("unknown").isEqualTo(Errno.EINVAL);
        assertThat(actions(w -> nest(w, 12, i -> i.putU32(2, 1))))
                .as("ct with a zone of four bytes")
                .isEqualTo(Errno.EINVAL);
        assertThat(actions(w -> clones(w, 17))).as("too deep").isEqualTo(Errno.EOVERFLOW);
        assertThat(actions(w -> clones(w, 16))).isNull();
    }

    private static void nest(MessageWriter w, int type, Consumer<MessageWriter> inner) {
        int nest = w.beginPlainNest(type);
        inner.accept(w);
        w.endNest(nest);
    }

    private static void clones(MessageWriter w, int deep) {
        if (deep > 0) {
            nest(w, 20, i -> clones(i, deep - 1));
        }
    }

    private Errno actions(Consumer<MessageWriter> actions) {
        bench.flow(FlowAttributes.CMD_DEL, 0, NOTHING);
        Errno ofFlow = bench.addFlow(0x88b5, actions);
        assertThat(bench.execute(FRAME, actions)).isEqualTo(ofFlow);
        return ofFlow;
    }

    // --- packets ---

    @Test
    void shouldWantPacketKeyAndActionsOfAnExecute() {
        assertThat(bench.refusal(bench.families.packet(), 3, 0, NOTHING)).isEqualTo(Errno.EINVAL);
        assertThat(bench.execute(new byte[13], NOTHING)).isEqualTo(Errno.ERANGE);
        assertThat(bench.execute(FRAME, w -> w.putU32(1, 77))).as("no such port").isNull();
        assertThat(
                        bench.refusal(
                                bench.families.packet(),
                                3,
                                0,
                                999,
                                w ->
                                        w.putBytes(1, FRAME)
                                                .putBytes(2, new byte[0])
                                                .putBytes(3, new byte[0])))
                .isEqualTo(Errno.ENODEV);
    }
}
