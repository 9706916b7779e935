package io.odp4j.datapath.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.KernelHeaders;
import io.odp4j.datapath.netlink.table.KnownTables;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.UapiHeader;
import io.odp4j.datapath.netlink.table.ValueNames;
import io.odp4j.datapath.rtnetlink.RtMessageType;
import io.odp4j.datapath.rtnetlink.RtnetlinkGroup;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every number of the tables against the kernel's headers: those of this machine, which may be
 * older, and the newest, which know neither more nor less.
 */
class UapiHeaderTest {
    private static final List<String> FILES =
            List.of(
                    "linux/netlink.h",
                    "linux/genetlink.h",
                    "linux/if.h",
                    "linux/if_arp.h",
                    "linux/if_ether.h",
                    "linux/if_vlan.h",
                    "linux/if_bridge.h",
                    "linux/if_link.h",
                    "linux/if_addr.h",
                    "linux/if_tunnel.h",
                    "linux/icmpv6.h",
                    "linux/neighbour.h",
                    "linux/nexthop.h",
                    "linux/fib_rules.h",
                    "linux/rtnetlink.h",
                    "linux/lwtunnel.h",
                    "linux/mpls_iptunnel.h",
                    "linux/seg6_iptunnel.h",
                    "linux/seg6_local.h",
                    "linux/rpl_iptunnel.h",
                    "linux/ioam6_iptunnel.h",
                    "linux/ila.h",
                    "linux/veth.h",
                    "linux/net_namespace.h",
                    "linux/netconf.h",
                    "linux/if_addrlabel.h",
                    "linux/fou.h",
                    "linux/psample.h");

    /** Of their own, or checked by a test of their own. */
    private static boolean isOther(AttributeTable table) {
        return table.prefix().startsWith("OVS_")
                || table.prefix().startsWith("ALL_")
                || table.prefix().startsWith("RECORD_")
                || table.prefix().isEmpty()
                || table.prefix().equals("AF_") // sys/socket.h
                || table.name().startsWith("freebsd");
    }

    /** Tables that show a part of an enumeration. */
    private static final Set<String> PARTS = Set.of("link_names");

    /** What a header has and no message carries. */
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "IFLA_IF_NETNSID",
                    "FRA_UNUSED2",
                    "FRA_UNUSED3",
                    "FRA_UNUSED4",
                    "FRA_UNUSED5",
                    "CTRL_ATTR_POLICY_DUMP_MAX");

    /** Structures that the header declares in a way of its own: an open end, or a union. */
    private static final Set<String> UNREADABLE = Set.of("rtvia", "seg6_iptunnel_encap");

    private UapiHeader header;
    private boolean newest;

    private void read(KernelHeaders kernel) throws IOException {
        newest = kernel == KernelHeaders.NEWEST;
        List<String> files = new ArrayList<>(FILES);
        if (newest) {
            files.add("linux/ovpn.h");
        }
        header = kernel.read(files.toArray(String[]::new));
    }

    private List<AttributeTable> tables() {
        return KnownTables.withNested().stream()
                .filter(t -> !isOther(t))
                .filter(t -> newest || !t.prefix().startsWith("OVPN_"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowEveryAttributeByItsNumber(KernelHeaders kernel) throws Exception {
        read(kernel);
        int compared = 0;
        for (AttributeTable table : tables()) {
            Map<String, Long> declared = new TreeMap<>();
            for (AttributeSpec spec : table.specs()) {
                declared.put(table.prefix() + spec.name(), (long) spec.number());
            }
            Map<String, Long> expected = new TreeMap<>(header.enumOf(declared(table)));
            expected.keySet()
                    .removeIf(name -> isMark(table.prefix(), name) || LEFT_OUT.contains(name));
            if (expected.isEmpty() && !newest) {
                continue; // a set that came later
            }
            if (PARTS.contains(table.name())) {
                expected.keySet().retainAll(declared.keySet());
            }
            if (!newest) {
                declared.keySet().retainAll(expected.keySet());
            }
            assertThat(declared).as(table.name()).isEqualTo(expected);
            compared += declared.size();
        }
        assertThat(compared).isGreaterThan(newest ? 600 : 500);
    }

    private static String declared(AttributeTable table) {
        return table.prefix() + table.specs().iterator().next().name();
    }

    private static boolean isMark(String prefix, String name) {
        return name.startsWith("__")
                || name.equals(prefix + "MAX")
                || name.endsWith("_UNSPEC")
                || name.endsWith("_NONE") && name.startsWith("NETNSA");
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowEveryValueByItsName(KernelHeaders kernel) throws Exception {
        read(kernel);
        Set<ValueNames> all = new HashSet<>();
        for (AttributeTable table : tables()) {
            table.specs().stream().map(AttributeSpec::values).forEach(all::add);
            layouts(table).stream()
                    .flatMap(l -> l.fields().stream())
                    .map(StructLayout.Field::values)
                    .forEach(all::add);
        }
        all.removeIf(v -> v == null || v.prefix().isEmpty() || v.prefix().equals("AF_"));
        int compared = 0;
        for (ValueNames values : all) {
            Map<String, Long> known = new TreeMap<>();
            values.names()
                    .forEach(
                            (value, name) ->
                                    known.put(
                                            values.prefix() + name.toUpperCase(Locale.ROOT),
                                            value));
            if (!newest) {
                known.keySet().removeIf(name -> header.number(name) == null);
            }
            known.forEach(
                    (name, value) -> assertThat(header.number(name)).as(name).isEqualTo(value));
            compared += known.size();
        }
        assertThat(compared).isGreaterThan(newest ? 260 : 220);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLayOutEveryStructureAsTheCompilerDoes(KernelHeaders kernel) throws Exception {
        read(kernel);
        Set<String> compared = new HashSet<>();
        for (AttributeTable table : tables()) {
            for (StructLayout layout : layouts(table)) {
                UapiHeader.Struct struct = header.struct(layout.name());
                if (UNREADABLE.contains(layout.name()) || struct == null && !newest) {
                    continue;
                }
                assertThat(struct).as(layout.name()).isNotNull();
                assertThat(layout.size()).as(layout.name()).isEqualTo(struct.size());
                for (StructLayout.Field field : layout.fields()) {
                    assertThat(struct.fields())
                            .as(layout.name() + "." + field.name())
                            .anySatisfy(f -> same(field, f));
                }
                compared.add(layout.name());
            }
        }
        assertThat(compared).hasSizeGreaterThan(newest ? 40 : 35);
    }

    private static void same(StructLayout.Field field, UapiHeader.Field f) {
        assertThat(f.name()).isEqualTo(field.name());
        assertThat(f.offset()).isEqualTo(field.offset());
        assertThat(f.size()).isEqualTo(field.size());
        if (field.type() != AttributeType.BINARY) {
            assertThat(f.type().startsWith("__be")).isEqualTo(field.type().isBigEndian());
            boolean signed = f.type().equals("int") || f.type().equals("__s32");
            assertThat(signed).isEqualTo(field.type().isSigned());
        }
    }

    private static Set<StructLayout> layouts(AttributeTable table) {
        Set<StructLayout> layouts = new HashSet<>();
        table.specs().stream().map(AttributeSpec::struct).forEach(layouts::add);
        layouts.add(table.header());
        layouts.remove(null);
        return layouts;
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowMessageTypesAndGroups(KernelHeaders kernel) throws Exception {
        read(kernel);
        for (Field field : RtMessageType.class.getDeclaredFields()) {
            Long number = header.number("RTM_" + field.getName());
            if (number != null || newest) {
                assertThat(number).as(field.getName()).isEqualTo(field.getInt(null));
            }
        }
        Map<String, Long> groups = new TreeMap<>();
        for (RtnetlinkGroup group : RtnetlinkGroup.values()) {
            groups.put(group.name(), (long) group.number());
        }
        Map<String, Long> expected = new TreeMap<>();
        header.withPrefix("RTNLGRP_")
                .forEach((name, number) -> expected.put(name.toUpperCase(Locale.ROOT), number));
        expected.keySet().removeAll(Set.of("NONE", "NOP2", "NOP4", "MAX"));
        if (!newest) {
            groups.keySet().retainAll(expected.keySet());
        }
        assertThat(groups).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowTheCommandsOfGenericFamilies(KernelHeaders kernel) throws Exception {
        read(kernel);
        Map<String, String> prefixes =
                newest
                        ? Map.of("fou", "FOU_CMD_", "psample", "PSAMPLE_CMD_", "ovpn", "OVPN_CMD_")
                        : Map.of("fou", "FOU_CMD_", "psample", "PSAMPLE_CMD_");
        prefixes.forEach(
                (family, prefix) -> {
                    Set<Integer> expected = new HashSet<>();
                    header.withPrefix(prefix)
                            .forEach(
                                    (name, n) -> {
                                        if (!isMark("_", "_" + name)) {
                                            expected.add(n.intValue());
                                        }
                                    });
                    Set<Integer> known = new HashSet<>();
                    for (OperationSpec o : KnownFamilies.named(family).orElseThrow().operations()) {
                        known.add(o.request());
                        known.add(o.reply());
                    }
                    assertThat(known).as(family).isEqualTo(expected);
                });
    }
}
