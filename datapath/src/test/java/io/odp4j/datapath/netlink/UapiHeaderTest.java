package io.odp4j.datapath.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.table.KernelHeaders;
import io.odp4j.datapath.netlink.table.UapiHeader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jnr.ffi.LibraryLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Netlink's numbers against the kernel's own {@code linux/netlink.h} and its neighbours. */
class UapiHeaderTest {
    /** strerror(3). */
    public interface Texts {
        String strerror(int number);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowTypesAndFlagsOfMessages(KernelHeaders kernel) throws Exception {
        UapiHeader header = kernel.read("linux/netlink.h");
        Map<String, Long> known = constants(MessageHeader.class);
        Map<String, Long> types = header.withPrefix("NLMSG_");
        for (String name : List.of("NOOP", "ERROR", "DONE", "OVERRUN", "MIN_TYPE")) {
            assertThat(known.get(name)).as(name).isEqualTo(types.get(name)).isNotNull();
        }
        Map<String, Long> flags = header.withPrefix("NLM_F_");
        assertThat(flags).hasSizeGreaterThanOrEqualTo(17);
        flags.forEach((name, value) -> assertThat(known.get(name)).as(name).isEqualTo(value));
        assertThat(MessageHeader.LENGTH).isEqualTo(header.struct("nlmsghdr").size());
        offsets(header, "nlmsghdr", "nlmsg_type", MessageHeader.TYPE_OFFSET);
        offsets(header, "nlmsghdr", "nlmsg_flags", MessageHeader.FLAGS_OFFSET);
        offsets(header, "nlmsghdr", "nlmsg_seq", MessageHeader.SEQUENCE_OFFSET);
        offsets(header, "nlmsghdr", "nlmsg_pid", MessageHeader.PORT_ID_OFFSET);
        assertThat(AttributeHeader.LENGTH).isEqualTo(header.struct("nlattr").size());
        offsets(header, "nlattr", "nla_type", AttributeHeader.TYPE_OFFSET);
        assertThat((long) AttributeHeader.NESTED).isEqualTo(header.number("NLA_F_NESTED"));
        assertThat((long) AttributeHeader.NET_BYTEORDER)
                .isEqualTo(header.number("NLA_F_NET_BYTEORDER"));
    }

    private static void offsets(UapiHeader header, String struct, String field, int offset) {
        assertThat(header.struct(struct).fields())
                .filteredOn(f -> f.name().equals(field))
                .extracting(UapiHeader.Field::offset)
                .containsExactly(offset);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowSocketOptionsAndProtocols(KernelHeaders kernel) throws Exception {
        UapiHeader header = kernel.read("linux/netlink.h", "asm-generic/socket.h");
        for (SocketOption option : SocketOption.values()) {
            boolean netlink = option.level() == SocketOption.SOL_NETLINK;
            String name = (netlink ? "NETLINK_" : "SO_") + option.name();
            assertThat((long) option.number()).as(name).isEqualTo(header.number(name));
            if (!netlink) {
                assertThat((long) option.level()).isEqualTo(header.number("SOL_SOCKET"));
            }
        }
        assertThat((long) NetlinkEndpoint.ROUTE).isEqualTo(header.number("NETLINK_ROUTE"));
        assertThat((long) NetlinkEndpoint.USERSOCK).isEqualTo(header.number("NETLINK_USERSOCK"));
        assertThat((long) NetlinkEndpoint.GENERIC).isEqualTo(header.number("NETLINK_GENERIC"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowTheAttributesOfErrorsAndPolicies(KernelHeaders kernel) throws Exception {
        UapiHeader header = kernel.read("linux/netlink.h");
        Map<String, Long> ack = constants(ExtendedAck.class);
        for (String name : List.of("MSG", "OFFS", "COOKIE", "POLICY", "MISS_TYPE", "MISS_NEST")) {
            assertThat(ack.get(name)).isEqualTo(header.number("NLMSGERR_ATTR_" + name)).isNotNull();
        }
        Map<String, Long> policy = constants(AttributePolicy.class);
        for (String name :
                List.of(
                        "TYPE",
                        "MIN_VALUE_S",
                        "MAX_VALUE_S",
                        "MIN_VALUE_U",
                        "MAX_VALUE_U",
                        "MIN_LENGTH",
                        "MAX_LENGTH",
                        "BITFIELD32_MASK",
                        "MASK")) {
            assertThat(policy.get(name))
                    .isEqualTo(header.number("NL_POLICY_TYPE_ATTR_" + name))
                    .isNotNull();
        }
        header.withPrefix("NL_ATTR_TYPE_")
                .forEach(
                        (name, number) -> {
                            String word = name.toLowerCase().replace('_', '-');
                            assertThat(policy(number.intValue())).isEqualTo(word);
                        });
    }

    private static String policy(int type) {
        return new AttributePolicy(type, null, null, -1, -1, null).toString();
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowTheControllersNumbers(KernelHeaders kernel) throws Exception {
        UapiHeader header = kernel.read("linux/netlink.h", "linux/genetlink.h");
        Map<String, Long> known = constants(GenericFamily.class);
        assertThat(known.get("CMD_GETFAMILY")).isEqualTo(header.number("CTRL_CMD_GETFAMILY"));
        for (String name : List.of("FAMILY_ID", "FAMILY_NAME", "VERSION", "HDRSIZE")) {
            assertThat(known.get(name)).isEqualTo(header.number("CTRL_ATTR_" + name)).isNotNull();
        }
        assertThat(known.get("MCAST_GROUPS")).isEqualTo(header.number("CTRL_ATTR_MCAST_GROUPS"));
        assertThat(known.get("GROUP_NAME")).isEqualTo(header.number("CTRL_ATTR_MCAST_GRP_NAME"));
        assertThat(known.get("GROUP_ID")).isEqualTo(header.number("CTRL_ATTR_MCAST_GRP_ID"));
        assertThat((long) GenericFamily.CONTROL.id()).isEqualTo(header.number("GENL_ID_CTRL"));
        assertThat(GenericHeader.LENGTH).isEqualTo(header.struct("genlmsghdr").size());
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowEveryErrorNumber(KernelHeaders kernel) throws Exception {
        UapiHeader header = kernel.read("asm-generic/errno-base.h", "asm-generic/errno.h");
        Map<String, Long> expected = new HashMap<>(header.withPrefix("E"));
        // Other names of numbers that have one, and an error of file systems alone.
        expected.keySet()
                .removeAll(Set.of("WOULDBLOCK", "DEADLOCK", "FSBADCRC", "FSCORRUPTED", "FTYPE"));
        Map<String, Long> known = new HashMap<>();
        for (Errno errno : Errno.values()) {
            known.put(errno.name().substring(1), (long) errno.number());
            assertThat(Errno.of(errno.number())).isEqualTo(errno);
        }
        known.remove("NOTSUPP"); // the kernel's own, of linux/errno.h
        assertThat(known).isEqualTo(expected);
    }

    @Test
    void shouldSayErrorsAsTheCLibraryDoes() {
        Texts libc = LibraryLoader.create(Texts.class).load("c");
        for (Errno errno : Errno.values()) {
            if (errno != Errno.ENOTSUPP) {
                assertThat(errno.text()).isEqualTo(libc.strerror(errno.number()));
            }
        }
        assertThat(Errno.nameOf(0)).isEqualTo("errno 0");
        assertThat(Errno.nameOf(-1)).isEqualTo("errno -1");
        assertThat(Errno.of(100_000)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLayOutAddressesAsTheHeaderDoes(KernelHeaders kernel) throws Exception {
        UapiHeader header = kernel.read("linux/netlink.h");
        ByteBuffer address = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());
        SocketAddress.put(address, 0, 0x01020304, 0x05060708);
        assertThat(address.array())
                .isEqualTo(
                        Wire.join(
                                Wire.u16(16),
                                Wire.u16(0),
                                Wire.u32(0x01020304),
                                Wire.u32(0x05060708)));
        // sa_family_t and unsigned short are not in the header's own types.
        assertThat(header.struct("sockaddr_nl")).isNull();
        assertThat(SocketAddress.LENGTH).isEqualTo(12);
    }

    private static Map<String, Long> constants(Class<?> holder) throws Exception {
        Map<String, Long> constants = new HashMap<>();
        for (Field field : holder.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
                field.setAccessible(true);
                constants.put(field.getName(), field.getLong(null));
            }
        }
        return constants;
    }
}
