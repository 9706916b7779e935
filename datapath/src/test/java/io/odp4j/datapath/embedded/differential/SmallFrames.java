package io.odp4j.datapath.embedded.differential;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.packet.ExtractionRule;
import io.odp4j.datapath.packet.FlowExtractor;
import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.datapath.packet.RandomFrames;
import java.util.EnumSet;
import java.util.Random;

/** Frames of few addresses and ports, so that flows meet them again; and now and then any frame. */
final class SmallFrames {
    private static final long MAC = 0x0200_0000_0000L;
    private static final int ADDRESS = 0x0a00_0000;

    private final Random random;
    private final RandomFrames any;
    private static final FlowExtractor EXTRACTOR = new FlowExtractor();
    private static final FlowExtractor OLDER_EXTRACTOR =
            new FlowExtractor(EnumSet.complementOf(EnumSet.of(ExtractionRule.IPV6_WHOLE_HEADERS)));

    SmallFrames(Random random) {
        this.random = random;
        this.any = new RandomFrames(random.nextLong());
    }

    byte[] next() {
        while (true) {
            byte[] frame = random.nextInt(8) == 0 ? any.next() : small();
            FlowKey key = new FlowKey();
            boolean taken = EXTRACTOR.extract(RandomFrames.buffer(frame), 0, frame.length, 1, key);
            int type = (frame[12] & 0xff) << 8 | frame[13] & 0xff;
            boolean tag = Protocol.isTag(type);
            boolean cutTag = tag && frame.length < 18 || EmbeddedSubject.isCutBehindTag(frame);
            boolean ipv6 = key.dlType() == Protocol.ETH_IPV6;
            boolean cutHeader =
                    ipv6 && key.get(FlowField.IPV6_SRC) == 0 && key.get(FlowField.IPV6_DST) == 0;
            boolean neighbour = ipv6 && key.get(FlowField.NW_PROTO) == Protocol.IP_ICMPV6;
            if (cutHeader || neighbour && key.get(FlowField.TP_DST) != 0) {
                // Of these a kernel leaves parts of the key as they were on its stack.
                continue;
            }
            if (!isReadAlikeByAll(frame)) {
                continue;
            }
            // The kernel's stack drops a tag that is cut off before a datapath sees it.
            if (taken && !cutTag) {
                return frame;
            }
        }
    }

    /** Others (ExtractionRule) are {@code FlowExtractorKernelTest}'s. */
    static boolean isReadAlikeByAll(byte[] frame) {
        FlowKey key = new FlowKey();
        FlowKey older = new FlowKey();
        EXTRACTOR.extract(RandomFrames.buffer(frame), 0, frame.length, 1, key);
        OLDER_EXTRACTOR.extract(RandomFrames.buffer(frame), 0, frame.length, 1, older);
        return older.equals(key);
    }

    private byte[] small() {
        FrameBuilder f = FrameBuilder.ethernet(MAC | random.nextInt(2), MAC | 2);
        for (int tags = random.nextInt(6) - 3; tags > 0; tags--) {
            f.vlan(1 + random.nextInt(2));
        }
        int address = ADDRESS + 1 + random.nextInt(2);
        switch (random.nextInt(9)) {
            case 0 -> f.arp(1 + random.nextInt(2), 2, address, 0, ADDRESS | 9);
            case 1, 2 -> f.ipv4(address, ADDRESS | 9).ttl(64).udp(1 + random.nextInt(2), 53);
            case 3 -> f.ipv4(address, ADDRESS | 9).ttl(64).tcp(5, 80, 1 << random.nextInt(5));
            case 4 -> f.ipv4(address, ADDRESS | 9).ttl(random.nextInt(3)).icmp(8, 0);
            case 5 ->
                    f.ipv6(0xfd00L << 48, 1 + random.nextInt(2), 0xfd00L << 48, 9)
                            .ttl(random.nextInt(3))
                            .udp(7, 53);
            case 6 -> f.ipv4(address, ADDRESS | 9).sctp(7, 8);
            case 7 -> {
                f.mpls(5, 0, 64);
                if (random.nextBoolean()) {
                    f.mpls(6, 0, 64);
                }
                f.ipv4(address, ADDRESS | 9).udp(1, 2);
            }
            default -> f.type(0x88b5);
        }
        return f.payload(20 + random.nextInt(40)).build();
    }
}
