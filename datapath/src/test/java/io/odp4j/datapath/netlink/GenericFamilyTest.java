package io.odp4j.datapath.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Generic netlink's controller, as the host's kernel answers; no module and no privilege needed.
 */
@Timeout(60)
class GenericFamilyTest {
    private static final int CMD_GETFAMILY = 3;
    private static final int FAMILY_NAME = 2;

    @Test
    void shouldResolveTheControllerItself() throws Exception {
        try (RequestChannel channel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC)) {
            GenericFamily family = GenericFamily.resolve(channel, "nlctrl");
            assertThat(family.id()).isEqualTo(GenericFamily.CONTROL.id());
            assertThat(family.version()).isEqualTo(GenericFamily.CONTROL.version());
            assertThat(family.headerLength()).isZero();
            assertThat(family.group("notify")).isPositive();
            assertThatThrownBy(() -> family.group("news"))
                    .hasMessage("nlctrl has no multicast group news");
        }
    }

    @Test
    void shouldListEveryFamily() throws Exception {
        try (RequestChannel channel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC)) {
            channel.begin(GenericFamily.CONTROL, 0, CMD_GETFAMILY);
            assertThat(channel.dumpAll("family dump", GenericFamilyTest::name)).contains("nlctrl");
        }
    }

    @Test
    void shouldSayThatAFamilyIsNotThere() throws Exception {
        try (RequestChannel channel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC)) {
            assertThatThrownBy(() -> GenericFamily.resolve(channel, "odp4j_none"))
                    .isInstanceOfSatisfying(
                            FamilyNotFoundException.class,
                            e -> {
                                assertThat(e.family()).isEqualTo("odp4j_none");
                                assertThat(e.is(Errno.ENOENT)).isTrue();
                            })
                    .hasMessage("the kernel has no family odp4j_none: is odp4j_none.ko loaded?");
        }
        assertThat(new FamilyNotFoundException("ovs_datapath", NetlinkEndpoint.KERNEL_GENERIC))
                .hasMessage("the kernel has no family ovs_datapath: is openvswitch.ko loaded?");
        assertThat(new FamilyNotFoundException("ovs_datapath", NetlinkEndpoint.userspace(-2)))
                .hasMessage("port id 4294967294 has no family ovs_datapath");
    }

    /** What the kernel adds to an error, offset and policy included. */
    @Test
    void shouldPassOnWhyTheKernelRefusesARequest() throws Exception {
        try (RequestChannel channel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC)) {
            channel.begin(GenericFamily.CONTROL, 0, CMD_GETFAMILY)
                    .putString(FAMILY_NAME, "a_name_of_more_than_15");
            assertThatThrownBy(() -> channel.execute("family get"))
                    .hasMessageStartingWith("family get failed: EINVAL (Invalid argument): ")
                    .hasMessageEndingWith(
                            "\"Attribute failed policy validation\" at byte 20,"
                                    + " must be nul-string of at most 15 bytes");
        }
    }

    @Test
    void shouldRefuseAFamilyWithoutAnId() throws Exception {
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) ->
                                        p.send(
                                                from,
                                                Wire.message(
                                                        0x10,
                                                        0,
                                                        r.sequence(),
                                                        0,
                                                        Wire.generic(1, 2),
                                                        Wire.attr(2, Wire.zeroEnded("x"))),
                                                FakePeer.ack(r, 0)));
                RequestChannel channel = RequestChannel.open(peer.endpoint())) {
            assertThatThrownBy(() -> GenericFamily.resolve(channel, "x"))
                    .isInstanceOf(NetlinkFormatException.class)
                    .hasMessageContaining("without an id");
        }
    }

    private static String name(MessageReader message) {
        AttributeReader a = message.attributes(new AttributeReader(), GenericHeader.PAYLOAD_OFFSET);
        List<String> names = new java.util.ArrayList<>();
        while (a.next()) {
            if (a.type() == FAMILY_NAME) {
                names.add(a.string());
            }
        }
        return names.get(0);
    }
}
