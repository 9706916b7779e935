package io.odp4j.datapath.netlink.table;

import io.odp4j.datapath.netlink.AttributeHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random attributes of any table, valid by its declaration, with some that it does not know. */
public final class RandomAttributes {
    private static final int DEEPEST = 3;

    private final Random random;

    public RandomAttributes(long seed) {
        this.random = new Random(seed);
    }

    /** Every attribute of the table none, one or two times, in any order. */
    public AttributeList list(AttributeTable table) {
        return list(table, 0);
    }

    private AttributeList list(AttributeTable table, int depth) {
        AttributeList list = new AttributeList(table);
        if (table.header() != null) {
            list.header(new StructValue(table.header(), exactly(table.header().size())));
        }
        if (table.element() != null) {
            for (int i = random.nextInt(4); i > 0; i--) {
                list.putElement(i, value(table.element(), depth));
            }
            return list;
        }
        List<AttributeSpec> specs = new ArrayList<>(table.specs());
        specs.removeIf(s -> s.type() == AttributeType.PAD);
        for (int i = random.nextInt(specs.size() + 2); i > 0 && !specs.isEmpty(); i--) {
            AttributeSpec spec = specs.get(random.nextInt(specs.size()));
            if (spec.type() != AttributeType.CHOSEN && (!spec.type().isNest() || depth < DEEPEST)) {
                list.put(spec, value(spec, depth));
            }
        }
        // Last, when it is known what chooses.
        for (AttributeSpec spec : specs) {
            if (spec.type() == AttributeType.CHOSEN && random.nextBoolean()) {
                chosen(list, spec, depth);
            }
        }
        if (random.nextInt(3) == 0) {
            int flags = random.nextBoolean() ? AttributeHeader.NET_BYTEORDER : 0;
            list.add(new Attribute(null, 1000 + random.nextInt(3000), flags, bytes(40)));
        }
        return list;
    }

    private void chosen(AttributeList list, AttributeSpec spec, int depth) {
        AttributeSpec selector = list.table().spec(spec.choice().selector()).orElse(null);
        List<String> values = List.copyOf(spec.choice().tables().keySet());
        if (selector != null && random.nextInt(4) > 0) {
            String value = values.get(random.nextInt(values.size()));
            list.put(
                    selector,
                    selector.values() == null
                            ? value
                            : (Object) selector.values().valueOf(value).getAsLong());
        }
        AttributeTable table = spec.choice().choose(list);
        if (table == null) {
            list.put(spec, bytes(20));
        } else if (depth < DEEPEST) {
            list.put(spec, list(table, depth + 1));
        }
    }

    /** A value as the declaration asks for. */
    public Object value(AttributeSpec spec) {
        return value(spec, 0);
    }

    private Object value(AttributeSpec spec, int depth) {
        return switch (spec.type()) {
            case FLAG -> random.nextInt(4) > 0 ? (Object) Boolean.TRUE : some(bytes(8));
            case STRING -> text();
            case BINARY -> bytes(48);
            case BITFIELD32 -> exactly(8);
            case U32_ARRAY -> exactly(4 * random.nextInt(6));
            case U64_ARRAY -> exactly(8 * random.nextInt(6));
            case CHOSEN -> bytes(20);
            case RECORDS -> {
                List<AttributeList> all = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    all.add(record(spec.nested().get(), depth + 1));
                }
                yield all;
            }
            case STRUCT -> struct(spec.struct());
            case STRUCT_ARRAY -> {
                List<StructValue> all = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    all.add(new StructValue(spec.struct(), exactly(spec.struct().size())));
                }
                yield all;
            }
            case NESTED, INDEXED -> list(spec.nested().get(), depth + 1);
            case PAD -> throw new IllegalArgumentException("padding has no value");
            default -> number(spec.type());
        };
    }

    /** One of a run of records: the codec keeps their lengths, and the list has none. */
    private AttributeList record(AttributeTable table, int depth) {
        AttributeList record = list(table, depth);
        byte[] header = record.header().bytes();
        header[0] = 0;
        header[1] = 0;
        return record.header(new StructValue(table.header(), header));
    }

    private StructValue struct(StructLayout layout) {
        // A newer kernel's structure may be longer than is known.
        int more = random.nextInt(4) == 0 ? 4 : 0;
        return new StructValue(layout, exactly(layout.size() + more));
    }

    private long number(AttributeType type) {
        long any = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextLong();
        return switch (type.size()) {
            case 1 -> type.isSigned() ? (byte) any : any & 0xff;
            case 2 -> type.isSigned() ? (short) any : any & 0xffff;
            case 4 -> type.isSigned() ? (int) any : any & 0xffffffffL;
            default -> random.nextBoolean() ? any : any & 0xffff;
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(16); i > 0; i--) {
            text.append((char) (1 + random.nextInt(random.nextInt(5) == 0 ? 0xd000 : 126)));
        }
        return text.toString();
    }

    private byte[] bytes(int most) {
        return exactly(random.nextInt(most));
    }

    private static byte[] some(byte[] bytes) {
        return bytes.length == 0 ? new byte[1] : bytes;
    }

    private byte[] exactly(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
