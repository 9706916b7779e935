package io.odp4j.datapath.netlink.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Names for the values of an attribute: an enumeration, or the bits of a flag word. */
public final class ValueNames {
    private final boolean flags;
    private final String prefix;
    private final Map<Long, String> names = new LinkedHashMap<>();

    private ValueNames(boolean flags, String prefix) {
        this.flags = flags;
        this.prefix = prefix;
    }

    /** One name per value. {@code prefix} is what the C constants start with. */
    public static ValueNames enumeration(String prefix, Object... valuesAndNames) {
        return new ValueNames(false, prefix).addAll(valuesAndNames);
    }

    /** One name per bit; the values are the bits' masks. */
    public static ValueNames flags(String prefix, Object... valuesAndNames) {
        return new ValueNames(true, prefix).addAll(valuesAndNames);
    }

    private ValueNames addAll(Object... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            Number value = (Number) pairs[i];
            // The uppermost bit of 32 is no sign.
            boolean bits = flags && value instanceof Integer;
            names.put(
                    bits ? Integer.toUnsignedLong(value.intValue()) : value.longValue(),
                    (String) pairs[i + 1]);
        }
        return this;
    }

    public boolean isFlags() {
        return flags;
    }

    /** What the C constants start with: {@code OVS_VPORT_TYPE_} for example. */
    public String prefix() {
        return prefix;
    }

    /** Values and their names, in the order of declaration. */
    public Map<Long, String> names() {
        return Collections.unmodifiableMap(names);
    }

    /** The value's name, or for flags the names of its bits; what has no name as a number. */
    public String nameOf(long value) {
        if (!flags) {
            return names.getOrDefault(value, Long.toString(value));
        }
        List<String> set = new ArrayList<>();
        long rest = value;
        for (Map.Entry<Long, String> name : names.entrySet()) {
            if ((rest & name.getKey()) != 0) {
                set.add(name.getValue());
                rest &= ~name.getKey();
            }
        }
        if (rest != 0) {
            set.add("0x" + Long.toHexString(rest));
        }
        return set.isEmpty() ? "0" : String.join("|", set);
    }

    /** The value of a name; empty if there is none of that name. */
    public OptionalLong valueOf(String name) {
        return names.entrySet().stream()
                .filter(e -> e.getValue().equalsIgnoreCase(name))
                .mapToLong(Map.Entry::getKey)
                .findFirst();
    }
}
