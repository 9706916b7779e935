package io.odp4j.datapath.netlink.table;

import io.odp4j.datapath.netlink.AttributeHeader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Attributes of one table in the order in which they stand in a message; a number may occur more
 * than once. Unknown ones are kept and are written back unchanged.
 */
public final class AttributeList implements Iterable<Attribute> {
    private final AttributeTable table;
    private final List<Attribute> attributes = new ArrayList<>();
    private StructValue header;

    public AttributeList(AttributeTable table) {
        this(table, table.header() == null ? null : StructValue.zero(table.header()));
    }

    AttributeList(AttributeTable table, StructValue header) {
        this.table = table;
        this.header = header;
    }

    public AttributeTable table() {
        return table;
    }

    public int size() {
        return attributes.size();
    }

    public boolean isEmpty() {
        return attributes.isEmpty();
    }

    @Override
    public Iterator<Attribute> iterator() {
        return Collections.unmodifiableList(attributes).iterator();
    }

    // --- reading ---

    /** The attribute at a place, counted from 0. */
    public Attribute get(int index) {
        return attributes.get(index);
    }

    /** The last attribute of that declaration: where one is repeated, netlink lets the last win. */
    public Optional<Attribute> find(AttributeSpec spec) {
        for (int i = attributes.size() - 1; i >= 0; i--) {
            if (attributes.get(i).number() == spec.number()) {
                return Optional.of(attributes.get(i));
            }
        }
        return Optional.empty();
    }

    public boolean has(AttributeSpec spec) {
        return find(spec).isPresent();
    }

    /** A number, or {@code absent} if the attribute is not there. */
    public long number(AttributeSpec spec, long absent) {
        return find(spec).map(Attribute::asLong).orElse(absent);
    }

    /** Text, or null if the attribute is not there. */
    public String string(AttributeSpec spec) {
        return find(spec).map(Attribute::asString).orElse(null);
    }

    /** Bytes, or null if the attribute is not there. */
    public byte[] bytes(AttributeSpec spec) {
        return find(spec).map(Attribute::asBytes).orElse(null);
    }

    /** A structure, or null if the attribute is not there. */
    public StructValue struct(AttributeSpec spec) {
        return find(spec).map(Attribute::asStruct).orElse(null);
    }

    /** A nest, or null if the attribute is not there. */
    public AttributeList list(AttributeSpec spec) {
        return find(spec).map(Attribute::asList).orElse(null);
    }

    /** The structure before the attributes; null where the table has none. */
    public StructValue header() {
        return header;
    }

    /** A number of the structure before the attributes. */
    public long header(String field) {
        return header.number(field);
    }

    // --- writing ---

    /** Sets a number of the structure before the attributes. */
    public AttributeList header(String field, long value) {
        header = header.with(field, value);
        return this;
    }

    /** Sets the structure before the attributes. */
    public AttributeList header(StructValue value) {
        if (value.layout() != table.header()) {
            throw new IllegalArgumentException(
                    table.name() + " has no header " + value.layout().name());
        }
        header = value;
        return this;
    }

    /** Puts another value in the place of one that was decoded before what chooses its table. */
    void resolve(int index, Object value) {
        Attribute old = attributes.get(index);
        attributes.set(index, new Attribute(old.spec(), old.number(), old.flags(), value));
    }

    /** Adds an attribute; throws if the value is not what its declaration asks for. */
    public AttributeList put(AttributeSpec spec, Object value) {
        return put(spec, spec.number(), value);
    }

    /** Adds an element to an indexed nest, under a number of its own. */
    public AttributeList putElement(int number, Object value) {
        return put(table.element(), number, value);
    }

    private AttributeList put(AttributeSpec spec, int number, Object value) {
        Object checked = value instanceof Number n ? (Object) n.longValue() : value;
        String wrong = AttributeCodec.problem(spec, checked);
        if (wrong != null) {
            throw new IllegalArgumentException(
                    table.name() + "." + spec.fieldName() + ": " + wrong);
        }
        // A nest in a structure's company, and a run of records, are not marked as nests.
        boolean nest = checked instanceof AttributeList list && list.header == null;
        return add(new Attribute(spec, number, nest ? AttributeHeader.NESTED : 0, own(checked)));
    }

    /** A value that its giver cannot change any more. */
    private static Object own(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        return value instanceof List<?> several ? List.copyOf(several) : value;
    }

    /** Sets an attribute in the place of the last one of that declaration, or adds it. */
    public AttributeList replace(AttributeSpec spec, Object value) {
        int last = attributes.size() - 1;
        while (last >= 0 && attributes.get(last).number() != spec.number()) {
            last--;
        }
        put(spec, value);
        if (last >= 0) {
            attributes.set(last, attributes.remove(attributes.size() - 1));
        }
        return this;
    }

    /** Adds a flag attribute if {@code set}. */
    public AttributeList putFlag(AttributeSpec spec, boolean set) {
        return set ? put(spec, Boolean.TRUE) : this;
    }

    /** Adds an attribute as it is. */
    public AttributeList add(Attribute attribute) {
        attributes.add(attribute);
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttributeList that
                && Objects.equals(header, that.header)
                && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return attributes.hashCode();
    }

    @Override
    public String toString() {
        return AttributeText.format(this);
    }
}
