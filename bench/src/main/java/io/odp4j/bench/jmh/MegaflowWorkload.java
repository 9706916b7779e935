package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Megaflows of TCP over IPv4 under masks of several prefix lengths, and packets that hit them. */
final class MegaflowWorkload {
    private static final int[] SOURCE_LENGTHS = {32, 28, 24, 20, 30, 26, 22, 18};
    private static final int[] DESTINATION_LENGTHS = {32, 24, 28, 20};

    final List<FlowMask> masks = new ArrayList<>();
    final List<FlowKey> keys = new ArrayList<>();
    private final Random random = new Random(7);

    /** Entries of random values, spread evenly over the masks: 16 or 64 of them. */
    static MegaflowWorkload spread(int entries, int masks) {
        MegaflowWorkload load = new MegaflowWorkload();
        for (int i = 0; i < masks; i++) {
            FlowMask mask = load.common();
            mask.prefix(FlowField.NW_SRC, SOURCE_LENGTHS[i % (masks / 8)]);
            mask.prefix(FlowField.NW_DST, DESTINATION_LENGTHS[i / (masks / 8) % 4]);
            if (i / (masks / 8) / 4 == 0) {
                mask.exact(FlowField.TP_DST);
            } else {
                mask.exact(FlowField.TP_SRC);
            }
            load.masks.add(mask);
        }
        for (int i = 0; i < entries; i++) {
            load.keys.add(load.key());
        }
        return load;
    }

    /**
     * What an attacker makes of one rule that allows a source address and two ports and denies the
     * rest: an entry per combination of the first bits that differ, 32 × 16 × 16.
     */
    static MegaflowWorkload explosion() {
        MegaflowWorkload load = new MegaflowWorkload();
        FlowKey allowed = load.allowed();
        for (int i = 0; i < 32 * 16 * 16; i++) {
            int source = 1 + i % 32;
            int from = 1 + i / 32 % 16;
            int to = 1 + i / 512;
            load.masks.add(
                    load.common()
                            .prefix(FlowField.NW_SRC, source)
                            .prefix(FlowField.TP_SRC, from)
                            .prefix(FlowField.TP_DST, to));
            FlowKey key = new FlowKey().copyFrom(allowed);
            flip(key, FlowField.NW_SRC, source);
            flip(key, FlowField.TP_SRC, from);
            flip(key, FlowField.TP_DST, to);
            load.keys.add(key);
        }
        return load;
    }

    private static void flip(FlowKey key, FlowField field, int bit) {
        key.set(field, key.get(field) ^ 1L << field.bits() - bit);
    }

    /** The key that the rule of {@link #explosion()} allows. */
    FlowKey allowed() {
        return base().set(FlowField.NW_SRC, 0x0a00_0001L)
                .set(FlowField.TP_SRC, 34521)
                .set(FlowField.TP_DST, 443);
    }

    private FlowMask common() {
        return new FlowMask()
                .exact(FlowField.RECIRC_ID)
                .exact(FlowField.IN_PORT)
                .exact(FlowField.DL_TYPE)
                .exact(FlowField.NW_PROTO)
                .exact(FlowField.NW_FRAG);
    }

    private static FlowKey base() {
        return new FlowKey()
                .set(FlowField.IN_PORT, 1)
                .set(FlowField.DL_TYPE, 0x800)
                .set(FlowField.NW_PROTO, 6)
                .set(FlowField.DL_SRC, 0x0200_0000_0001L)
                .set(FlowField.DL_DST, 0x0200_0000_0002L)
                .set(FlowField.NW_TTL, 64);
    }

    FlowKey key() {
        return base().set(FlowField.NW_SRC, random.nextInt())
                .set(FlowField.NW_DST, random.nextInt())
                .set(FlowField.TP_SRC, random.nextInt())
                .set(FlowField.TP_DST, random.nextInt());
    }

    FlowMask maskOf(int entry) {
        return masks.get(entry % masks.size());
    }

    /** Packets that hit entries drawn at random, what their masks leave open drawn too. */
    PacketStream hits(int packets) {
        int[] words = PacketStream.wordsOf(keys);
        return new PacketStream(words, packets, () -> within(random.nextInt(keys.size())));
    }

    /** The same, but the n-th entry has a share of about 1/n of the packets. */
    PacketStream zipfHits(int packets) {
        List<FlowKey> stream = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            // The integral of 1/n is the logarithm: a power of the number of entries is drawn.
            int entry = (int) Math.pow(keys.size(), random.nextDouble());
            stream.add(within(Math.min(entry, keys.size()) - 1));
        }
        return new PacketStream(stream);
    }

    private FlowKey within(int entry) {
        FlowKey packet = key();
        long[] mask = maskOf(entry).words();
        for (int w = 0; w < FlowKey.WORDS; w++) {
            long bits = mask[w];
            packet.words()[w] = keys.get(entry).words()[w] & bits | packet.words()[w] & ~bits;
        }
        return packet;
    }

    /** The same, on a port where nothing is known. */
    PacketStream misses(int packets) {
        List<FlowKey> stream = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            stream.add(within(random.nextInt(keys.size())).set(FlowField.IN_PORT, 2));
        }
        return new PacketStream(stream);
    }

    /** Allowed packets, which differ in what the rule does not look at. */
    PacketStream victims(int packets) {
        List<FlowKey> stream = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            stream.add(
                    allowed()
                            .set(FlowField.NW_DST, random.nextInt())
                            .set(FlowField.NW_TTL, random.nextInt()));
        }
        return new PacketStream(stream);
    }
}
