package io.odp4j.datapath.ovs;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.MaskedKeyAttributes;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.KernelHeaders;
import io.odp4j.datapath.netlink.table.KnownTables;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.UapiHeader;
import io.odp4j.datapath.netlink.table.ValueNames;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every number of the Open vSwitch tables against the kernel's own {@code linux/openvswitch.h}. */
class UapiHeaderTest {
    /** What may be newer than this machine's header, and the kernel that it came with. */
    private static final Map<String, String> NEWER =
            Map.ofEntries(
                    Map.entry("OVS_VPORT_ATTR_UPCALL_STATS", "6.3"),
                    Map.entry("OVS_VPORT_UPCALL_ATTR_SUCCESS", "6.3"),
                    Map.entry("OVS_VPORT_UPCALL_ATTR_FAIL", "6.3"),
                    Map.entry("OVS_HASH_ALG_SYM_L4", "6.5"),
                    Map.entry("OVS_ACTION_ATTR_DROP", "6.6"),
                    Map.entry("OVS_ACTION_ATTR_PSAMPLE", "6.11"),
                    Map.entry("OVS_PSAMPLE_ATTR_GROUP", "6.11"),
                    Map.entry("OVS_PSAMPLE_ATTR_COOKIE", "6.11"),
                    Map.entry("OVS_PACKET_ATTR_UPCALL_PID", "6.17"));

    /** What the header has and no message between kernel and user carries. */
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "OVS_PACKET_ATTR_UNUSED1",
                    "OVS_PACKET_ATTR_UNUSED2",
                    "OVS_KEY_ATTR_TUNNEL_INFO");

    /** The kernel's own long names for what Open vSwitch abbreviates. */
    private static final Map<String, String> CT_STATES =
            Map.of(
                    "NEW", "NEW",
                    "EST", "ESTABLISHED",
                    "REL", "RELATED",
                    "RPL", "REPLY_DIR",
                    "INV", "INVALID",
                    "TRK", "TRACKED",
                    "SNAT", "SRC_NAT",
                    "DNAT", "DST_NAT");

    private KernelHeaders kernel;
    private UapiHeader header;

    private void read(KernelHeaders headers) throws IOException {
        kernel = headers;
        header = headers.read("linux/openvswitch.h");
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowEveryAttributeByItsNumber(KernelHeaders headers) throws Exception {
        read(headers);
        int compared = 0;
        for (AttributeTable table : KnownTables.withNested()) {
            if (!table.prefix().startsWith("OVS_")) {
                continue;
            }
            Map<String, Long> declared = new TreeMap<>();
            for (AttributeSpec spec : table.specs()) {
                declared.put(spec.name(), (long) spec.number());
            }
            compared += compare(table.prefix(), declared);
        }
        assertThat(compared).isGreaterThan(160);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowEveryValueByItsName(KernelHeaders headers) throws Exception {
        read(headers);
        int compared = compare("OVS_HASH_ALG_", named(ActionAttributes.HASH_ALGORITHMS));
        for (AttributeTable table : KnownTables.withNested()) {
            for (AttributeSpec spec : table.specs()) {
                ValueNames values = spec.values();
                if (values != null && values.prefix().startsWith("OVS_")) {
                    compared += compare(values.prefix(), named(values));
                }
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(22);
    }

    private static Map<String, Long> named(ValueNames values) {
        Map<String, Long> names = new TreeMap<>();
        values.names()
                .forEach(
                        (value, name) -> {
                            String upper = name.toUpperCase(Locale.ROOT);
                            boolean state = values == KeyAttributes.CT_STATES;
                            names.put(state ? CT_STATES.get(upper) : upper, value);
                        });
        return names;
    }

    /** Both sides the same, but for what is listed above; returns how many were held together. */
    private int compare(String prefix, Map<String, Long> declared) {
        Map<String, Long> expected = new TreeMap<>(header.withPrefix(prefix));
        expected.keySet()
                .removeIf(
                        name ->
                                name.equals("UNSPEC")
                                        || name.equals("MAX")
                                        || name.equals("NAT_MASK")
                                        || LEFT_OUT.contains(prefix + name));
        Map<String, Long> known = new TreeMap<>(declared);
        known.keySet()
                .removeIf(name -> NEWER.containsKey(prefix + name) && !expected.containsKey(name));
        assertThat(known).as(prefix).isEqualTo(expected);
        return expected.size();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLayOutEveryStructureAsTheCompilerDoes(KernelHeaders headers) throws Exception {
        read(headers);
        // Declared for tools alone; not of the header, or not under a name.
        Set<String> own = Set.of("ovs_ct_mark", "ovs_ct_labels", "ovs_key_nd_extensions", "point");
        Set<StructLayout> layouts =
                KnownTables.withNested().stream()
                        .filter(t -> t.prefix().startsWith("OVS_"))
                        .filter(t -> t != MaskedKeyAttributes.TABLE) // derived from the key's
                        .flatMap(t -> t.specs().stream())
                        .map(AttributeSpec::struct)
                        .filter(s -> s != null && !own.contains(s.name()))
                        .collect(Collectors.toSet());
        assertThat(layouts).hasSizeGreaterThan(25);
        for (StructLayout layout : layouts) {
            UapiHeader.Struct struct = header.struct(layout.name());
            assertThat(struct).as(layout.name()).isNotNull();
            assertThat(layout.size()).as("size of " + layout.name()).isEqualTo(struct.size());
            for (StructLayout.Field field : layout.fields()) {
                compare(layout, field, struct);
            }
            assertThat(unnamed(layout, struct)).as("not declared of " + layout.name()).isEmpty();
        }
    }

    private static void compare(
            StructLayout layout, StructLayout.Field field, UapiHeader.Struct struct) {
        String name = layout.name() + "." + field.name();
        UapiHeader.Field same =
                struct.fields().stream()
                        .filter(f -> within(field, f))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(name + " lies across fields"));
        if (same.size() != field.size()) {
            assertThat(same.count() > 1 || same.type().startsWith("struct"))
                    .as(name + " is a part of " + same.name())
                    .isTrue();
            return;
        }
        assertThat(field.name()).isEqualTo(same.name());
        AttributeType expected =
                same.count() > 1
                        ? AttributeType.BINARY
                        : switch (same.type()) {
                            case "__u8" -> AttributeType.U8;
                            case "__u16" -> AttributeType.U16;
                            case "__u32" -> AttributeType.U32;
                            case "__u64" -> AttributeType.U64;
                            case "__be16" -> AttributeType.BE16;
                            case "__be32" -> AttributeType.BE32;
                            default -> AttributeType.S32;
                        };
        assertThat(field.type()).as(name).isEqualTo(expected);
    }

    private static boolean within(StructLayout.Field field, UapiHeader.Field f) {
        return field.offset() >= f.offset()
                && field.offset() + field.size() <= f.offset() + f.size();
    }

    private static Set<String> unnamed(StructLayout layout, UapiHeader.Struct struct) {
        return struct.fields().stream()
                .filter(f -> layout.fields().stream().noneMatch(field -> within(field, f)))
                .map(UapiHeader.Field::name)
                .filter(name -> !name.startsWith("pad"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowEveryCommandAndFeature(KernelHeaders headers) throws Exception {
        read(headers);
        constants(DatapathAttributes.class, "CMD_", "OVS_DP_CMD_");
        constants(DatapathAttributes.class, "F_", "OVS_DP_F_");
        constants(VportAttributes.class, "CMD_", "OVS_VPORT_CMD_");
        constants(Vport.class, "TYPE_", "OVS_VPORT_TYPE_");
        constants(FlowAttributes.class, "CMD_", "OVS_FLOW_CMD_");
        constants(FlowAttributes.class, "UFID_F_", "OVS_UFID_F_");
        constants(PacketAttributes.class, "CMD_", "OVS_PACKET_CMD_");
        constants(MeterAttributes.class, "CMD_", "OVS_METER_CMD_");
        constants(CtLimitAttributes.class, "CMD_", "OVS_CT_LIMIT_CMD_");
        assertThat((long) Vport.LOCAL).isEqualTo(header.number("OVSP_LOCAL"));
        assertThat((long) CtLimitAttributes.DEFAULT_ZONE)
                .isEqualTo(header.number("OVS_ZONE_LIMIT_DEFAULT_ZONE"));
        assertThat((long) OvsFamilies.DATAPATH_VERSION)
                .isEqualTo(header.number("OVS_DATAPATH_VERSION"))
                .isGreaterThanOrEqualTo(header.number("OVS_DP_VER_FEATURES"));
        assertThat(OvsHeader.LENGTH).isEqualTo(header.struct("ovs_header").size());
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowTheNamesOfFamiliesGroupsAndTheirCommands(KernelHeaders headers)
            throws Exception {
        read(headers);
        Map<OvsTables, String> prefixes =
                Map.of(
                        OvsTables.DATAPATH, "OVS_DP",
                        OvsTables.VPORT, "OVS_VPORT",
                        OvsTables.FLOW, "OVS_FLOW",
                        OvsTables.PACKET, "OVS_PACKET",
                        OvsTables.METER, "OVS_METER",
                        OvsTables.CT_LIMIT, "OVS_CT_LIMIT");
        for (OvsTables family : OvsTables.values()) {
            String prefix = prefixes.get(family);
            assertThat(family.table().prefix()).isEqualTo(prefix + "_ATTR_");
            String name = prefix.equals("OVS_DP") ? "OVS_DATAPATH" : prefix;
            assertThat(family.family()).isEqualTo(header.string(name + "_FAMILY"));
            String group = header.string(name + "_MCGROUP");
            assertThat(group).isIn(family.family(), null);
            assertThat(family.doc().contains("Multicast group")).isEqualTo(group != null);
            Map<String, Long> commands = new TreeMap<>(header.withPrefix(prefix + "_CMD_"));
            commands.remove("UNSPEC");
            assertThat(family.commands())
                    .containsExactlyInAnyOrderElementsOf(
                            commands.entrySet().stream()
                                    .map(e -> e.getKey() + " " + e.getValue())
                                    .toList());
        }
    }

    private void constants(Class<?> holder, String start, String prefix) throws Exception {
        Map<String, Long> declared = new TreeMap<>();
        for (Field field : holder.getDeclaredFields()) {
            if (field.getName().startsWith(start)
                    && field.getType() == int.class
                    && Modifier.isStatic(field.getModifiers())) {
                declared.put(field.getName().substring(start.length()), field.getLong(null));
            }
        }
        assertThat(declared).as(holder.getSimpleName()).isNotEmpty();
        compare(prefix, declared);
    }

    /** The hand-written views against the tables; the tables against the header above. */
    @Test
    void shouldReadTheAttributesThatTheTablesDeclare() throws Exception {
        views(UpcallMessage.class, PacketAttributes.TABLE, 8);
        views(FlowMessage.class, FlowAttributes.TABLE, 7);
    }

    private static void views(Class<?> view, AttributeTable table, int count) throws Exception {
        int compared = 0;
        for (Field field : view.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())
                    && field.getType() == int.class
                    && table.spec(field.getName()).isPresent()) {
                field.setAccessible(true);
                assertThat(field.getInt(null))
                        .as(view.getSimpleName() + "." + field.getName())
                        .isEqualTo(table.spec(field.getName()).get().number());
                compared++;
            }
        }
        assertThat(compared).isEqualTo(count);
    }
}
