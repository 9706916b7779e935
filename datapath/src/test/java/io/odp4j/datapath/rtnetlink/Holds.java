package io.odp4j.datapath.rtnetlink;

import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.netlink.table.ValueNames;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Whether an object that the kernel tells of holds what a request asked for, field by field. */
final class Holds {
    /** Said in a request alone, told in another place, or running down. */
    private static final Set<String> NOT_TOLD =
            Set.of("mask", "optmask", "optval", "peer", "expires", "cacheinfo", "ifi_change");

    private Holds() {}

    static boolean all(AttributeList told, AttributeList asked) {
        if (asked.header() != null && !struct(told.header(), asked.header())) {
            return false;
        }
        for (Attribute one : asked) {
            if (!NOT_TOLD.contains(one.fieldName()) && !one(told, one)) {
                return false;
            }
        }
        return true;
    }

    private static boolean one(AttributeList told, Attribute asked) {
        boolean there = false;
        for (Attribute found : told) {
            if (found.number() == asked.number()) {
                there = true;
                if (same(found, asked)) {
                    return true;
                }
            }
        }
        if (asked.value() instanceof AttributeList nest && !there) {
            return all(new AttributeList(nest.table()), nest);
        }
        if (asked.value() instanceof StructValue struct && !there) {
            return struct(StructValue.zero(struct.layout()), struct);
        }
        // IPv6 tells an address that is no other's end in ADDRESS alone.
        return !there
                && asked.fieldName().equals("local")
                && told.toString().contains("family=inet6");
    }

    private static boolean same(Attribute found, Attribute asked) {
        Object value = found.value();
        if (asked.spec().type() == AttributeType.FLAG) {
            return !(value instanceof byte[] bytes) || bytes[0] != 0;
        }
        if (asked.value() instanceof AttributeList nest) {
            return value instanceof AttributeList other && all(other, nest);
        }
        if (asked.value() instanceof StructValue struct) {
            return struct((StructValue) value, struct);
        }
        if (asked.value() instanceof List<?> several) {
            List<?> others = (List<?>) value;
            for (int i = 0; i < several.size(); i++) {
                if (i >= others.size() || !element(others.get(i), several.get(i))) {
                    return false;
                }
            }
            return others.size() == several.size();
        }
        if (asked.value() instanceof Long number && asked.fieldName().equals("flags")) {
            return ((Long) value & number) == number; // a tunnel's driver sets some of its own
        }
        if (asked.value() instanceof Long number) {
            return number((Long) value, number, asked.spec().values());
        }
        return found.equals(asked);
    }

    private static boolean element(Object told, Object asked) {
        return asked instanceof AttributeList list
                ? all((AttributeList) told, list)
                : struct((StructValue) told, (StructValue) asked);
    }

    /** A field of a request that is zero was not set. */
    private static boolean struct(StructValue told, StructValue asked) {
        for (StructLayout.Field field : asked.layout().fields()) {
            if (NOT_TOLD.contains(field.name())) {
                continue;
            }
            if (field.type() == AttributeType.BINARY) {
                byte[] bytes = asked.bytes(field.name());
                if (!Arrays.equals(bytes, new byte[bytes.length])
                        && !Arrays.equals(bytes, told.bytes(field.name()))) {
                    return false;
                }
            } else if (asked.number(field.name()) != 0
                    && !number(
                            told.number(field.name()),
                            asked.number(field.name()),
                            field.values())) {
                return false;
            }
        }
        return true;
    }

    private static boolean number(long told, long asked, ValueNames values) {
        return values != null && values.isFlags() ? (told & asked) == asked : told == asked;
    }
}
