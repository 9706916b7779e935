package io.odp4j.datapath.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FlowMaskCodecTest {
    private static FlowKey tcp() {
        FlowKey key = new FlowKey();
        key.set(FlowField.IN_PORT, 2).set(FlowField.DL_TYPE, 0x0800);
        key.set(FlowField.NW_PROTO, 6).set(FlowField.NW_SRC, 0x0a000001);
        key.set(FlowField.TP_DST, 80);
        return key.carryFromContents();
    }

    private static AttributeList encoded(FlowKey key, FlowMask mask) {
        return RandomKeys.decode(RandomKeys.encoded(key, mask));
    }

    @Test
    void shouldAlwaysMatchTheRecirculationIdAndLeaveTheRestOut() {
        AttributeList mask = encoded(tcp(), new FlowMask());
        assertThat(mask.size()).isEqualTo(1);
        assertThat(mask.number(KeyAttributes.RECIRC_ID, 0)).isEqualTo(0xffffffffL);
    }

    @Test
    void shouldMakeWhatATransportNeedsExact() {
        AttributeList mask = encoded(tcp(), new FlowMask().exact(FlowField.TP_DST));
        assertThat(mask.number(KeyAttributes.ETHERTYPE, 0)).isEqualTo(0xffff);
        assertThat(mask.struct(KeyAttributes.IPV4).number("ipv4_proto")).isEqualTo(0xff);
        assertThat(mask.struct(KeyAttributes.IPV4).number("ipv4_src")).isZero();
        assertThat(mask.struct(KeyAttributes.TCP).number("tcp_dst")).isEqualTo(0xffff);
        assertThat(mask.has(KeyAttributes.TCP_FLAGS)).isFalse();
        assertThat(mask.has(KeyAttributes.IN_PORT)).isFalse();
        assertThat(mask.has(KeyAttributes.ETHERNET)).isFalse();
    }

    @Test
    void shouldMakeTheTypeOfNeighbourDiscoveryExact() {
        FlowKey key = new FlowKey();
        key.set(FlowField.DL_TYPE, 0x86dd).set(FlowField.NW_PROTO, 58);
        key.set(FlowField.TP_SRC, 135).carryFromContents();
        AttributeList mask = encoded(key, new FlowMask().prefix(FlowField.ND_TARGET, 64));
        assertThat(mask.struct(KeyAttributes.ICMPV6).number("icmpv6_type")).isEqualTo(0xff);
        assertThat(mask.struct(KeyAttributes.ICMPV6).number("icmpv6_code")).isZero();
        assertThat(mask.struct(KeyAttributes.IPV6).number("ipv6_proto")).isEqualTo(0xff);
        assertThat(mask.number(KeyAttributes.ETHERTYPE, 0)).isEqualTo(0xffff);
    }

    @Test
    void shouldOpenAnEncapForEveryTagOfTheKey() {
        FlowKey key = tcp();
        key.set(FlowField.VLAN_TPID, 0x88a8).set(FlowField.VLAN_TCI, 0x1005);
        key.set(FlowField.CVLAN_TPID, 0x8100).set(FlowField.CVLAN_TCI, 0x1007);
        key.carryFromContents();
        FlowMask mask = new FlowMask();
        mask.bits().set(FlowField.VLAN_TCI, 0x0fff);
        AttributeList outer = encoded(key, mask);
        assertThat(outer.number(KeyAttributes.ETHERTYPE, 0)).isEqualTo(0xffff);
        assertThat(outer.number(KeyAttributes.VLAN, 0)).isEqualTo(0x1fff);
        AttributeList inner = outer.list(KeyAttributes.ENCAP);
        assertThat(inner.number(KeyAttributes.ETHERTYPE, 0)).isEqualTo(0xffff);
        assertThat(inner.number(KeyAttributes.VLAN, 0)).isEqualTo(0x1000);
        // Not empty, or the kernel would not see it; and zero, for the type is not matched.
        AttributeList innermost = inner.list(KeyAttributes.ENCAP);
        assertThat(innermost.number(KeyAttributes.ETHERTYPE, -1)).isZero();
    }

    @Test
    void shouldDropConnectionStatesThatTheKernelDoesNotKnow() {
        AttributeList mask = encoded(tcp(), new FlowMask().exact(FlowField.CT_STATE));
        assertThat(mask.number(KeyAttributes.CT_STATE, 0)).isEqualTo(0xff);
    }

    @Test
    void shouldMatchThatThereIsNoTunnel() {
        AttributeList mask = encoded(tcp(), new FlowMask().exact(FlowField.TUN_IPV6_DST));
        AttributeList tunnel = mask.list(KeyAttributes.TUNNEL);
        assertThat(tunnel.size()).isEqualTo(1);
        assertThat(tunnel.number(TunnelAttributes.TTL, -1)).isZero();
    }

    @Test
    void shouldReadTheInPortOfADumpedMaskAsTheKernelMeansIt() {
        for (long[] pair : new long[][] {{0xffff0000L, 0}, {0xffffffffL, 0xffffffffL}, {0, 0}}) {
            AttributeList list = new AttributeList(KeyAttributes.TABLE);
            list.put(KeyAttributes.IN_PORT, pair[0]);
            byte[] bytes = RandomKeys.bytes(list);
            FlowMask mask = new FlowMask();
            FlowKeyDecoder.decodeMask(RandomKeys.direct(bytes), 0, bytes.length, mask);
            assertThat(mask.bits().get(FlowField.IN_PORT)).isEqualTo(pair[1]);
        }
    }

    @Test
    void shouldReadARequestsMaskAsTheKernelDoes() {
        AttributeList list = new AttributeList(KeyAttributes.TABLE);
        list.put(KeyAttributes.IN_PORT, 0xffff0000L).put(KeyAttributes.ETHERTYPE, 1L);
        byte[] bytes = RandomKeys.bytes(list);
        FlowMask mask = new FlowMask();
        FlowKeyDecoder.decodeRequestMask(RandomKeys.direct(bytes), 0, bytes.length, mask);
        for (FlowField field :
                List.of(
                        FlowField.IN_PORT,
                        FlowField.DL_TYPE,
                        FlowField.VLAN_TCI,
                        FlowField.CVLAN_TCI)) {
            assertThat(mask.bits().get(field))
                    .as(field.fieldName())
                    .isEqualTo((1L << field.bits()) - 1);
        }
    }

    /** Whatever the mask, what is written is at least as narrow wherever the key has a field. */
    @Property(tries = 2000)
    void shouldNeverWriteAWiderMaskThanAsked(@ForAll long seed) {
        RandomKeys keys = new RandomKeys(seed);
        FlowKey key = RandomKeys.flowKey(RandomKeys.bytes(keys.key()));
        FlowMask mask = randomMask(key, keys.random());
        byte[] bytes = RandomKeys.encoded(key, mask);
        FlowMask written = new FlowMask();
        FlowKeyDecoder.decodeMask(RandomKeys.direct(bytes), 0, bytes.length, written);
        for (FlowField field : FlowField.values()) {
            if (field == FlowField.CT_STATE || !comparable(key, field)) {
                continue;
            }
            for (int w = 0; w < field.words(); w++) {
                long asked = mask.words()[field.word() + w] & field.wordMask();
                long got = written.words()[field.word() + w] & field.wordMask();
                assertThat(asked & ~got).as(field.fieldName()).isZero();
            }
        }
    }

    /** Bits on the fields that the key's attributes have. */
    static FlowMask randomMask(FlowKey key, Random random) {
        FlowKey present = new FlowKey();
        byte[] ones = RandomKeys.encoded(key);
        FlowKeyDecoder.decodeKey(RandomKeys.direct(ones), 0, ones.length, present);
        FlowMask mask = new FlowMask();
        for (FlowField field : FlowField.values()) {
            if (present.get(field) == 0 || random.nextInt(4) == 0) {
                continue;
            }
            if (random.nextBoolean()) {
                mask.exact(field);
            } else if (field != FlowField.TUN_OPTS) {
                mask.prefix(field, random.nextInt(field.bits() + 1));
            }
        }
        return mask;
    }

    /** Whether the field is one of an attribute that the key has, in a way the wire can say. */
    private static boolean comparable(FlowKey key, FlowField field) {
        boolean icmp =
                key.carries(KeyAttributes.ICMP.number())
                        || key.carries(KeyAttributes.ICMPV6.number());
        return switch (field) {
            case TP_SRC, TP_DST -> !icmp;
            case VLAN_TPID, VLAN_TCI, CVLAN_TPID, CVLAN_TCI -> false;
            case IPV6_EXTHDRS, ARP_OP -> false;
            case TUN_SRC, TUN_DST, TUN_IPV6_SRC, TUN_IPV6_DST, TUN_FLAGS -> false;
            case TUN_OPTS, TUN_OPTS_LEN -> false;
            default -> true;
        };
    }
}
