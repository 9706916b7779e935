package io.odp4j.datapath.netlink.table;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * One attribute as its table declares it.
 *
 * @param name as in the C constant, without the table's prefix: {@code UPCALL_PID}
 * @param number the attribute's type number
 * @param struct the structure of a {@link AttributeType#STRUCT}, else null
 * @param nested the table of a {@link AttributeType#NESTED}, {@link AttributeType#INDEXED} or
 *     {@link AttributeType#RECORDS}; asked for late, since tables may nest in themselves
 * @param choice the tables of a {@link AttributeType#CHOSEN}, else null
 * @param values names of the values, or null
 * @param doc one sentence
 */
public record AttributeSpec(
        String name,
        int number,
        AttributeType type,
        Display display,
        StructLayout struct,
        Supplier<AttributeTable> nested,
        AttributeChoice choice,
        ValueNames values,
        String doc) {

    /** The name in text and JSON: {@code upcall_pid}. */
    public String fieldName() {
        return name.toLowerCase(Locale.ROOT);
    }
}
