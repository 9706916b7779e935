package io.odp4j.datapath.netlink.table;

/** What an attribute's payload is, and so which Java value stands for it. */
public enum AttributeType {
    /** No payload: present or absent. {@code Boolean.TRUE}. */
    FLAG(0),
    /** Unsigned, host byte order. {@code Long}. */
    U8(1),
    U16(2),
    U32(4),
    /** {@code Long}, to be read as unsigned. */
    U64(8),
    /** Signed, host byte order. {@code Long}. */
    S8(1),
    S16(2),
    S32(4),
    S64(8),
    /** Unsigned, network byte order. {@code Long}. */
    BE16(2),
    BE32(4),
    BE64(8),
    /** Unsigned, 4 or 8 bytes as the value needs (kernel {@code uint}). {@code Long}. */
    UINT(-1),
    /** Signed, 4 or 8 bytes as the value needs (kernel {@code sint}). {@code Long}. */
    SINT(-1),
    /** Text ending in a zero byte. {@code String}. */
    STRING(-1),
    /** Bytes without further structure. {@code byte[]}. */
    BINARY(-1),
    /** {@code struct nla_bitfield32}: value, selector. {@code byte[]}. */
    BITFIELD32(8),
    /** A run of host-order 32-bit numbers. {@code byte[]}. */
    U32_ARRAY(-1),
    /** A run of host-order 64-bit numbers. {@code byte[]}. */
    U64_ARRAY(-1),
    /** A C structure. {@link StructValue}. */
    STRUCT(-1),
    /** A run of the same C structure. {@link StructValue}, one per element in a {@code List}. */
    STRUCT_ARRAY(-1),
    /** Attributes of another table. {@link AttributeList}. */
    NESTED(-1),
    /** A nest whose numbers are indexes and whose elements are all alike. {@link AttributeList}. */
    INDEXED(-1),
    /**
     * A run of records, each a structure that starts with the record's length as a 16-bit number,
     * and attributes of the same table behind it. {@link AttributeList}, one per record in a {@code
     * List}.
     */
    RECORDS(-1),
    /**
     * Attributes of a table that another value chooses. {@link AttributeList}; {@code byte[]} where
     * no table is known for that value.
     */
    CHOSEN(-1),
    /** Alignment only; skipped wherever it stands. */
    PAD(-1);

    private final int size;

    AttributeType(int size) {
        this.size = size;
    }

    /** Bytes of the payload, or -1 where it varies. */
    public int size() {
        return size;
    }

    public boolean isNumber() {
        return ordinal() >= U8.ordinal() && ordinal() <= SINT.ordinal();
    }

    /** Whether the payload is made of attributes of another table. */
    public boolean isNest() {
        return this == NESTED || this == INDEXED || this == RECORDS;
    }

    /** Whether the payload is a run of numbers of one size. */
    public boolean isNumberArray() {
        return this == U32_ARRAY || this == U64_ARRAY;
    }

    public boolean isSigned() {
        return this == SINT || ordinal() >= S8.ordinal() && ordinal() <= S64.ordinal();
    }

    public boolean isBigEndian() {
        return this == BE16 || this == BE32 || this == BE64;
    }
}
