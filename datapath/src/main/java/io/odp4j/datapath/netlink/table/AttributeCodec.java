package io.odp4j.datapath.netlink.table;

import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bytes to {@link AttributeList} and back, as a table says. */
public final class AttributeCodec {
    /** Nests deeper than this are refused; the kernel itself stops at 16. */
    public static final int MAX_DEPTH = 32;

    private AttributeCodec() {}

    /** Decodes what follows the first {@code headers} bytes of a message. */
    public static AttributeList decode(AttributeTable table, MessageReader message, int headers) {
        return decode(table, message.attributes(new AttributeReader(), headers), 0);
    }

    /** Decodes the whole run that {@code reader} stands before. */
    public static AttributeList decode(AttributeTable table, AttributeReader reader) {
        return decode(table, reader, 0);
    }

    private static AttributeList decode(AttributeTable table, AttributeReader reader, int depth) {
        if (depth > MAX_DEPTH) {
            throw new NetlinkFormatException(
                    "attributes nest deeper than " + MAX_DEPTH, reader.offset());
        }
        AttributeList list = new AttributeList(table, header(table, reader));
        Map<Integer, AttributeReader> open = Map.of();
        while (reader.next()) {
            AttributeSpec spec = table.spec(reader.type());
            if (spec != null && spec.type() == AttributeType.PAD) {
                continue;
            }
            if (spec != null && spec.type() == AttributeType.CHOSEN) {
                // What chooses may come later: the kernel writes ENCAP before ENCAP_TYPE.
                open = open.isEmpty() ? new LinkedHashMap<>() : open;
                open.put(list.size(), new AttributeReader().wrapNested(reader));
            }
            Object value = spec == null ? reader.bytes() : value(spec, reader, depth);
            list.add(new Attribute(spec, reader.type(), reader.flags(), value));
        }
        open.forEach(
                (index, nest) -> {
                    AttributeTable chosen = list.get(index).spec().choice().choose(list);
                    if (chosen != null) {
                        list.resolve(index, decode(chosen, nest, depth + 1));
                    }
                });
        return list;
    }

    private static StructValue header(AttributeTable table, AttributeReader reader) {
        if (table.header() == null) {
            return null;
        }
        byte[] bytes = new byte[table.header().size()];
        reader.buffer().get(reader.skipHeader(bytes.length), bytes);
        return new StructValue(table.header(), bytes);
    }

    private static Object value(AttributeSpec spec, AttributeReader r, int depth) {
        return switch (spec.type()) {
            case FLAG -> {
                // A flag may carry a value that newer users add (OVS_VXLAN_EXT_GBP): keep it.
                yield r.length() == 0 ? Boolean.TRUE : r.bytes();
            }
            case STRING -> r.string();
            case BINARY, CHOSEN -> r.bytes();
            case BITFIELD32 -> {
                r.requireLength(8);
                yield r.bytes();
            }
            case U32_ARRAY -> multiple(spec, r, 4).bytes();
            case U64_ARRAY -> multiple(spec, r, 8).bytes();
            case STRUCT -> {
                r.requireAtLeast(spec.struct().size());
                yield new StructValue(spec.struct(), r.bytes());
            }
            case STRUCT_ARRAY -> structs(spec, r);
            case RECORDS -> records(spec, r, depth);
            case NESTED, INDEXED ->
                    decode(spec.nested().get(), new AttributeReader().wrapNested(r), depth + 1);
            case UINT, SINT -> {
                boolean wide = r.length() == 8;
                yield Numbers.get(
                        r.buffer(),
                        sized(r, wide ? 8 : 4),
                        spec.type() == AttributeType.UINT
                                ? wide ? AttributeType.U64 : AttributeType.U32
                                : wide ? AttributeType.S64 : AttributeType.S32);
            }
            default -> Numbers.get(r.buffer(), sized(r, spec.type().size()), spec.type());
        };
    }

    private static int sized(AttributeReader r, int size) {
        r.requireLength(size);
        return r.offset();
    }

    private static AttributeReader multiple(AttributeSpec spec, AttributeReader r, int size) {
        if (r.length() % size != 0) {
            throw new NetlinkFormatException(
                    spec.name() + " has " + r.length() + " bytes, no multiple of " + size,
                    r.offset());
        }
        return r;
    }

    private static List<AttributeList> records(AttributeSpec spec, AttributeReader r, int depth) {
        AttributeTable table = spec.nested().get();
        List<AttributeList> records = new ArrayList<>();
        int end = r.offset() + r.length();
        for (int at = r.offset(); at < end; ) {
            int left = end - at;
            int length = left < 2 ? 0 : r.buffer().getShort(at) & 0xffff;
            if (length < table.header().size() || length > left) {
                throw new NetlinkFormatException(
                        spec.name()
                                + ": a record of "
                                + length
                                + " bytes, where "
                                + left
                                + " are left",
                        at);
            }
            AttributeReader record = new AttributeReader().wrap(r.buffer(), at, length);
            AttributeList list = decode(table, record, depth + 1);
            byte[] header = list.header().bytes();
            header[0] = 0; // the length is the encoding's
            header[1] = 0;
            records.add(list.header(new StructValue(table.header(), header)));
            at = Math.min(at + MessageHeader.align(length), end);
        }
        return records;
    }

    private static List<StructValue> structs(AttributeSpec spec, AttributeReader r) {
        int size = spec.struct().size();
        multiple(spec, r, size);
        List<StructValue> structs = new ArrayList<>();
        for (int at = 0; at < r.length(); at += size) {
            byte[] bytes = new byte[size];
            r.buffer().get(r.offset() + at, bytes);
            structs.add(new StructValue(spec.struct(), bytes));
        }
        return structs;
    }

    /** Writes the structure before the attributes, if there is one, and all attributes in order. */
    public static void encode(AttributeList list, MessageWriter writer) {
        if (list.header() != null) {
            byte[] header = list.header().bytes();
            writer.putRaw(header);
            writer.putRaw(new byte[MessageHeader.align(header.length) - header.length]);
        }
        for (Attribute attribute : list) {
            encode(attribute, writer);
        }
    }

    private static void encode(Attribute attribute, MessageWriter w) {
        int type = attribute.number() | attribute.flags();
        Object value = attribute.value();
        if (value instanceof AttributeList nested) {
            int nest = w.beginPlainNest(type);
            encode(nested, w);
            w.endNest(nest);
        } else if (value instanceof byte[] bytes) {
            w.putBytes(type, bytes);
        } else if (value instanceof String text) {
            w.putString(type, text);
        } else if (value instanceof StructValue struct) {
            w.putBytes(type, struct.bytes());
        } else if (attribute.spec() != null && attribute.spec().type() == AttributeType.RECORDS) {
            encodeRecords(type, (List<?>) value, w);
        } else if (value instanceof List<?> structs) {
            encodeStructs(type, structs, w);
        } else if (value instanceof Boolean) {
            w.putFlag(type);
        } else {
            encodeNumber(type, attribute.spec().type(), (Long) value, w);
        }
    }

    private static void encodeNumber(int type, AttributeType kind, long value, MessageWriter w) {
        AttributeType fixed =
                switch (kind) {
                    case UINT -> value >>> 32 == 0 ? AttributeType.U32 : AttributeType.U64;
                    case SINT -> value == (int) value ? AttributeType.S32 : AttributeType.S64;
                    default -> kind;
                };
        int at = w.header(type, fixed.size());
        Numbers.put(w.buffer(), at, fixed, value);
    }

    private static void encodeRecords(int type, List<?> records, MessageWriter w) {
        int nest = w.beginPlainNest(type);
        for (Object record : records) {
            int start = w.position();
            encode((AttributeList) record, w);
            w.endNest(start); // a record's length stands where an attribute's does
        }
        w.endNest(nest);
    }

    private static void encodeStructs(int type, List<?> structs, MessageWriter w) {
        byte[][] all = structs.stream().map(s -> ((StructValue) s).bytes()).toArray(byte[][]::new);
        int at = w.header(type, Arrays.stream(all).mapToInt(bytes -> bytes.length).sum());
        for (byte[] bytes : all) {
            w.buffer().put(at, bytes);
            at += bytes.length;
        }
    }

    /** What is wrong with a value for this attribute, or null. */
    static String problem(AttributeSpec spec, Object value) {
        boolean right =
                switch (spec.type()) {
                    case FLAG -> value instanceof Boolean || value instanceof byte[];
                    case STRING -> value instanceof String;
                    case BINARY -> value instanceof byte[];
                    case BITFIELD32 -> value instanceof byte[] b && b.length == 8;
                    case U32_ARRAY -> value instanceof byte[] b && b.length % 4 == 0;
                    case U64_ARRAY -> value instanceof byte[] b && b.length % 8 == 0;
                    case STRUCT -> isStruct(spec, value);
                    case STRUCT_ARRAY ->
                            value instanceof List<?> list
                                    && list.stream().allMatch(one -> isStruct(spec, one));
                    case NESTED, INDEXED -> isNest(spec, value);
                    case RECORDS ->
                            value instanceof List<?> list
                                    && list.stream().allMatch(one -> isNest(spec, one));
                    case CHOSEN ->
                            value instanceof byte[]
                                    || value instanceof AttributeList list
                                            && spec.choice().has(list.table());
                    case PAD -> false;
                    default -> value instanceof Long;
                };
        if (!right) {
            return spec.type() + " needed, not " + shown(spec, value);
        }
        if (value instanceof Long number && !Numbers.fits(number, spec.type())) {
            return shown(spec, number) + " does not fit " + spec.type();
        }
        return null;
    }

    private static boolean isNest(AttributeSpec spec, Object value) {
        return value instanceof AttributeList list && list.table() == spec.nested().get();
    }

    private static boolean isStruct(AttributeSpec spec, Object value) {
        return value instanceof StructValue struct && struct.layout() == spec.struct();
    }

    private static String shown(AttributeSpec spec, Object value) {
        if (value == null) {
            return "null";
        }
        String type = value.getClass().getSimpleName();
        boolean plain = value instanceof Long || value instanceof String;
        return plain && spec.display() != Display.SECRET ? type + " " + value : type;
    }
}
