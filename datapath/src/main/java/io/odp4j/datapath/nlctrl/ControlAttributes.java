package io.odp4j.datapath.nlctrl;

import static io.odp4j.datapath.netlink.table.AttributeType.PAD;
import static io.odp4j.datapath.netlink.table.AttributeType.S64;
import static io.odp4j.datapath.netlink.table.AttributeType.STRING;
import static io.odp4j.datapath.netlink.table.AttributeType.U16;
import static io.odp4j.datapath.netlink.table.AttributeType.U32;
import static io.odp4j.datapath.netlink.table.AttributeType.U64;

import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.ValueNames;

/**
 * Attributes of the controller's family nlctrl, {@code CTRL_ATTR_*} of {@code linux/genetlink.h},
 * and of policies, {@code NL_POLICY_TYPE_ATTR_*} of {@code linux/netlink.h}.
 */
public final class ControlAttributes {
    public static final int CMD_NEWFAMILY = 1;
    public static final int CMD_DELFAMILY = 2;
    public static final int CMD_GETFAMILY = 3;
    public static final int CMD_NEWOPS = 4;
    public static final int CMD_DELOPS = 5;
    public static final int CMD_GETOPS = 6;
    public static final int CMD_NEWMCAST_GRP = 7;
    public static final int CMD_DELMCAST_GRP = 8;
    public static final int CMD_GETMCAST_GRP = 9;
    public static final int CMD_GETPOLICY = 10;

    /** What an operation can, and needs. */
    public static final ValueNames CAPABILITIES =
            ValueNames.flags(
                    "GENL_",
                    1,
                    "admin_perm",
                    2,
                    "cmd_cap_do",
                    4,
                    "cmd_cap_dump",
                    8,
                    "cmd_cap_haspol",
                    16,
                    "uns_admin_perm");

    /** enum netlink_attribute_type. */
    public static final ValueNames TYPES =
            ValueNames.enumeration(
                    "NL_ATTR_TYPE_",
                    0,
                    "invalid",
                    1,
                    "flag",
                    2,
                    "u8",
                    3,
                    "u16",
                    4,
                    "u32",
                    5,
                    "u64",
                    6,
                    "s8",
                    7,
                    "s16",
                    8,
                    "s32",
                    9,
                    "s64",
                    10,
                    "binary",
                    11,
                    "string",
                    12,
                    "nul_string",
                    13,
                    "nested",
                    14,
                    "nested_array",
                    15,
                    "bitfield32",
                    16,
                    "sint",
                    17,
                    "uint");

    private static final AttributeTable.Builder POLICY_ATTRIBUTE_BUILDER =
            AttributeTable.named("policy_attribute", "NL_POLICY_TYPE_ATTR_");
    public static final AttributeSpec POLICY_ATTRIBUTE_TYPE =
            POLICY_ATTRIBUTE_BUILDER.add(1, "TYPE", U32, TYPES, "Type of the attribute.");
    public static final AttributeSpec POLICY_ATTRIBUTE_MIN_VALUE_S =
            POLICY_ATTRIBUTE_BUILDER.add(2, "MIN_VALUE_S", S64, "Least value, signed.");
    public static final AttributeSpec POLICY_ATTRIBUTE_MAX_VALUE_S =
            POLICY_ATTRIBUTE_BUILDER.add(3, "MAX_VALUE_S", S64, "Greatest value, signed.");
    public static final AttributeSpec POLICY_ATTRIBUTE_MIN_VALUE_U =
            POLICY_ATTRIBUTE_BUILDER.add(4, "MIN_VALUE_U", U64, "Least value, unsigned.");
    public static final AttributeSpec POLICY_ATTRIBUTE_MAX_VALUE_U =
            POLICY_ATTRIBUTE_BUILDER.add(5, "MAX_VALUE_U", U64, "Greatest value, unsigned.");
    public static final AttributeSpec POLICY_ATTRIBUTE_MIN_LENGTH =
            POLICY_ATTRIBUTE_BUILDER.add(6, "MIN_LENGTH", U32, "Least bytes.");
    public static final AttributeSpec POLICY_ATTRIBUTE_MAX_LENGTH =
            POLICY_ATTRIBUTE_BUILDER.add(7, "MAX_LENGTH", U32, "Most bytes.");
    public static final AttributeSpec POLICY_ATTRIBUTE_POLICY_IDX =
            POLICY_ATTRIBUTE_BUILDER.add(8, "POLICY_IDX", U32, "Policy of the nest.");
    public static final AttributeSpec POLICY_ATTRIBUTE_POLICY_MAXTYPE =
            POLICY_ATTRIBUTE_BUILDER.add(
                    9, "POLICY_MAXTYPE", U32, "Greatest attribute of the nest.");
    public static final AttributeSpec POLICY_ATTRIBUTE_BITFIELD32_MASK =
            POLICY_ATTRIBUTE_BUILDER.add(
                    10, "BITFIELD32_MASK", U32, Display.HEX, "Bits that may be set.");
    public static final AttributeSpec POLICY_ATTRIBUTE_PAD_ATTRIBUTE =
            POLICY_ATTRIBUTE_BUILDER.add(11, "PAD", PAD, "Alignment.");
    public static final AttributeSpec POLICY_ATTRIBUTE_MASK =
            POLICY_ATTRIBUTE_BUILDER.add(12, "MASK", U64, Display.HEX, "Bits that may be set.");
    public static final AttributeTable POLICY_ATTRIBUTES =
            AttributeTable.indexed(
                    "policy_attributes",
                    AttributeTable.named("policy_attributes", "")
                            .nested(
                                    1,
                                    "ELEMENT",
                                    () -> ControlAttributes.POLICY_ATTRIBUTE_TABLE,
                                    "One attribute."));
    public static final AttributeTable POLICIES =
            AttributeTable.indexed(
                    "policies",
                    AttributeTable.named("policies", "")
                            .nested(
                                    1,
                                    "ELEMENT",
                                    () -> ControlAttributes.POLICY_ATTRIBUTES,
                                    "A policy."));
    public static final AttributeTable POLICY_ATTRIBUTE_TABLE = POLICY_ATTRIBUTE_BUILDER.build();

    private static final AttributeTable.Builder OPERATION_POLICY_BUILDER =
            AttributeTable.named("operation_policy", "CTRL_ATTR_POLICY_");
    public static final AttributeSpec OPERATION_POLICY_DO =
            OPERATION_POLICY_BUILDER.add(1, "DO", U32, "Policy of requests.");
    public static final AttributeSpec OPERATION_POLICY_DUMP =
            OPERATION_POLICY_BUILDER.add(2, "DUMP", U32, "Policy of dumps.");
    public static final AttributeTable OPERATION_POLICIES =
            AttributeTable.indexed(
                    "operation_policies",
                    AttributeTable.named("operation_policies", "")
                            .nested(
                                    1,
                                    "ELEMENT",
                                    () -> ControlAttributes.OPERATION_POLICY_TABLE,
                                    "Policies of one operation."));
    public static final AttributeTable OPERATION_POLICY_TABLE = OPERATION_POLICY_BUILDER.build();

    private static final AttributeTable.Builder OPERATION_BUILDER =
            AttributeTable.named("family_operation", "CTRL_ATTR_OP_");
    public static final AttributeSpec OPERATION_ID =
            OPERATION_BUILDER.add(1, "ID", U32, "Command.");
    public static final AttributeSpec OPERATION_FLAGS =
            OPERATION_BUILDER.add(2, "FLAGS", U32, CAPABILITIES, "What it can, and needs.");
    public static final AttributeTable OPERATIONS =
            AttributeTable.indexed(
                    "family_operations",
                    AttributeTable.named("family_operations", "")
                            .nested(
                                    1,
                                    "ELEMENT",
                                    () -> ControlAttributes.OPERATION_TABLE,
                                    "An operation."));
    public static final AttributeTable OPERATION_TABLE = OPERATION_BUILDER.build();

    private static final AttributeTable.Builder GROUP_BUILDER =
            AttributeTable.named("family_group", "CTRL_ATTR_MCAST_GRP_");
    public static final AttributeSpec GROUP_NAME =
            GROUP_BUILDER.add(1, "NAME", STRING, "Name of the group.");
    public static final AttributeSpec GROUP_ID =
            GROUP_BUILDER.add(2, "ID", U32, "Number of the group.");
    public static final AttributeTable GROUPS =
            AttributeTable.indexed(
                    "family_groups",
                    AttributeTable.named("family_groups", "")
                            .nested(
                                    1,
                                    "ELEMENT",
                                    () -> ControlAttributes.GROUP_TABLE,
                                    "A multicast group."));
    public static final AttributeTable GROUP_TABLE = GROUP_BUILDER.build();

    private static final AttributeTable.Builder BUILDER =
            AttributeTable.named("nlctrl", "CTRL_ATTR_");
    public static final AttributeSpec FAMILY_ID =
            BUILDER.add(1, "FAMILY_ID", U16, "Message type of the family.");
    public static final AttributeSpec FAMILY_NAME =
            BUILDER.add(2, "FAMILY_NAME", STRING, "Name of the family.");
    public static final AttributeSpec VERSION =
            BUILDER.add(3, "VERSION", U32, "Version of the family.");
    public static final AttributeSpec HDRSIZE =
            BUILDER.add(4, "HDRSIZE", U32, "Bytes of its fixed header.");
    public static final AttributeSpec MAXATTR =
            BUILDER.add(5, "MAXATTR", U32, "Greatest attribute.");
    public static final AttributeSpec OPS =
            BUILDER.indexed(6, "OPS", () -> ControlAttributes.OPERATIONS, "Operations.");
    public static final AttributeSpec MCAST_GROUPS =
            BUILDER.indexed(7, "MCAST_GROUPS", () -> ControlAttributes.GROUPS, "Multicast groups.");
    public static final AttributeSpec POLICY =
            BUILDER.indexed(
                    8,
                    "POLICY",
                    () -> ControlAttributes.POLICIES,
                    "One attribute of one policy, in a policy dump.");
    public static final AttributeSpec OP_POLICY =
            BUILDER.indexed(
                    9,
                    "OP_POLICY",
                    () -> ControlAttributes.OPERATION_POLICIES,
                    "Which policies an operation has.");
    public static final AttributeSpec OP =
            BUILDER.add(10, "OP", U32, "Command whose policy is asked for.");
    public static final AttributeTable TABLE = BUILDER.build();

    private ControlAttributes() {}
}
