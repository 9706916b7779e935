package io.odp4j.datapath.ovs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.Wire;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.RandomAttributes;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The upcall's hand-written view against the table-driven decoder. */
class UpcallMessageTest {
    private final UpcallMessage upcall = new UpcallMessage();

    @Property(tries = 2000)
    void shouldReadWhatTheTableReads(@ForAll long seed) {
        AttributeList list = new RandomAttributes(seed).list(PacketAttributes.TABLE);
        byte[] bytes = OvsMessages.message(0x24, (int) (1 + (seed & 1)), list);
        MessageReader message = Wire.read(bytes);
        if (!list.has(PacketAttributes.PACKET) || !list.has(PacketAttributes.KEY)) {
            assertThatThrownBy(() -> upcall.wrap(message))
                    .isInstanceOf(NetlinkFormatException.class)
                    .hasMessageContaining("upcall without");
            return;
        }
        upcall.wrap(message);
        assertThat(upcall.dpIfindex()).isEqualTo(OvsMessages.DP_IFINDEX);
        assertThat(upcall.isMiss()).isEqualTo((seed & 1) == 0);
        assertThat(bytes(upcall.packetOffset(), upcall.packetLength()))
                .isEqualTo(list.bytes(PacketAttributes.PACKET));
        assertThat(bytes(upcall.userdataOffset(), upcall.userdataLength()))
                .isEqualTo(list.bytes(PacketAttributes.USERDATA));
        nested(list, PacketAttributes.KEY, upcall.keyOffset(), upcall.keyLength());
        nested(list, PacketAttributes.ACTIONS, upcall.actionsOffset(), upcall.actionsLength());
        nested(
                list,
                PacketAttributes.EGRESS_TUN_KEY,
                upcall.egressTunKeyOffset(),
                upcall.egressTunKeyLength());
        assertThat(upcall.mru()).isEqualTo((int) list.number(PacketAttributes.MRU, 0));
        assertThat(upcall.hasHash()).isEqualTo(list.has(PacketAttributes.HASH));
        assertThat(upcall.hash()).isEqualTo(list.number(PacketAttributes.HASH, 0));
        int length = (int) list.number(PacketAttributes.LEN, -1);
        assertThat(upcall.fullLength()).isEqualTo(length < 0 ? upcall.packetLength() : length);
    }

    private void nested(
            AttributeList list,
            io.odp4j.datapath.netlink.table.AttributeSpec spec,
            int offset,
            int length) {
        assertThat(offset < 0).isEqualTo(!list.has(spec));
        if (offset >= 0) {
            AttributeList nest =
                    AttributeCodec.decode(
                            spec.nested().get(),
                            new AttributeReader().wrap(upcall.buffer(), offset, length));
            assertThat(nest).isEqualTo(list.list(spec));
        } else {
            assertThat(length).isZero();
        }
    }

    private byte[] bytes(int offset, int length) {
        if (offset < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        upcall.buffer().get(offset, bytes);
        return bytes;
    }

    @Test
    void shouldReadAPacketWithoutPadding() {
        for (int length = 60; length < 64; length++) {
            upcall.wrap(Wire.read(OvsMessages.upcall(length)));
            assertThat(upcall.packetLength()).isEqualTo(length);
            assertThat(upcall.fullLength()).isEqualTo(length + 1);
            assertThat(upcall.mru()).isEqualTo(1500);
            assertThat(upcall.hash()).isEqualTo(0x100000007L);
            AttributeList key =
                    AttributeCodec.decode(
                            KeyAttributes.TABLE,
                            new AttributeReader()
                                    .wrap(upcall.buffer(), upcall.keyOffset(), upcall.keyLength()));
            assertThat(key.number(KeyAttributes.IN_PORT, -1)).isEqualTo(3);
        }
    }

    @Test
    void shouldForgetTheUpcallBefore() {
        upcall.wrap(Wire.read(OvsMessages.upcall(60)));
        AttributeList bare =
                new AttributeList(PacketAttributes.TABLE)
                        .put(PacketAttributes.KEY, new AttributeList(KeyAttributes.TABLE))
                        .put(PacketAttributes.PACKET, new byte[14]);
        upcall.wrap(Wire.read(OvsMessages.message(0x24, PacketAttributes.CMD_ACTION, bare)));
        assertThat(upcall.isMiss()).isFalse();
        assertThat(upcall.command()).isEqualTo(PacketAttributes.CMD_ACTION);
        assertThat(upcall.hasHash()).isFalse();
        assertThat(upcall.mru()).isZero();
        assertThat(upcall.fullLength()).isEqualTo(14);
        assertThat(upcall.actionsOffset()).isEqualTo(-1);
    }

    @Property(tries = 3000)
    void shouldSurviveMutatedUpcalls(
            @ForAll @IntRange(max = 199) int at,
            @ForAll byte value,
            @ForAll @IntRange(max = 200) int cut) {
        byte[] bytes = Arrays.copyOf(OvsMessages.upcall(90), 200);
        bytes[at] = value;
        survive(Arrays.copyOf(bytes, cut));
    }

    @Property(tries = 2000)
    void shouldSurviveRandomBytes(@ForAll @Size(max = 100) byte[] bytes) {
        survive(Wire.message(0x24, 0, 0, 0, Wire.generic(1, 1), bytes));
    }

    private void survive(byte[] bytes) {
        MessageReader message = new MessageReader().wrap(Wire.direct(bytes), 0, bytes.length);
        try {
            while (message.next()) {
                upcall.wrap(message);
                assertThat(bytes(upcall.packetOffset(), upcall.packetLength())).isNotNull();
                assertThat(upcall.keyOffset() + upcall.keyLength())
                        .isLessThanOrEqualTo(bytes.length);
                assertThat(upcall.fullLength()).isNotNegative();
            }
        } catch (NetlinkFormatException e) {
            assertThat(e.offset()).isBetween(0, bytes.length);
        }
    }
}
