package io.odp4j.datapath.embedded.differential;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.MeterAttributes;
import io.odp4j.datapath.ovs.PacketAttributes;
import io.odp4j.datapath.ovs.VportAttributes;
import io.odp4j.datapath.packet.FlowExtractor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random sequences of steps, most of them sensible, out of a small world so that they meet. */
final class RandomSteps {
    private static final int MALFORMED = 12;

    /** A recirculation id that no action gives. */
    private static final int UNREACHED = 9;

    private static final FlowField[] FIELDS = {
        FlowField.DL_DST,
        FlowField.DL_SRC,
        FlowField.DL_TYPE,
        FlowField.NW_SRC,
        FlowField.NW_DST,
        FlowField.NW_PROTO,
        FlowField.NW_TOS,
        FlowField.NW_TTL,
        FlowField.NW_FRAG,
        FlowField.TP_SRC,
        FlowField.TP_DST,
        FlowField.TCP_FLAGS,
        FlowField.IN_PORT,
        FlowField.SKB_MARK,
        FlowField.VLAN_TCI,
        FlowField.IPV6_SRC,
        FlowField.ARP_OP
    };

    private final Random random;
    private final SmallFrames frames;
    private final RandomActions actions;
    private final DirectBuffer memory = new DirectBuffer(1 << 17);
    private final MessageWriter w = new MessageWriter();
    private final FlowKey key = new FlowKey();
    private final FlowMask mask = new FlowMask();

    private RandomSteps(long seed) {
        random = new Random(seed);
        frames = new SmallFrames(random);
        actions = new RandomActions(random);
    }

    static List<Step> sequence(long seed, int steps) {
        RandomSteps source = new RandomSteps(seed);
        List<Step> list = new ArrayList<>();
        while (list.size() < steps) {
            list.add(source.next());
        }
        return list;
    }

    private Step next() {
        w.wrap(memory.buffer(), 0, memory.capacity());
        int kind = random.nextInt(42);
        if (kind < 12) {
            return newFlow();
        } else if (kind < 20) {
            return execute();
        } else if (kind < 29) {
            return new Step.Frame(random.nextInt(3), frame());
        } else if (kind < 34) {
            return oldFlow();
        } else if (kind < 36) {
            return vport();
        } else if (kind < 37) {
            return datapath();
        } else if (kind < 40) {
            return meter();
        }
        return connectionLimits();
    }

    private Step request(String what, int family, int command, int flags) {
        byte[] attributes = new byte[w.written()];
        memory.buffer().get(0, attributes);
        String said = what;
        if (random.nextInt(MALFORMED) == 0 && attributes.length > 0) {
            for (int n = 1 + random.nextInt(2); n > 0; n--) {
                int at = random.nextInt(attributes.length);
                attributes[at] =
                        (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(8));
            }
            if (random.nextInt(4) == 0) {
                attributes =
                        java.util.Arrays.copyOf(attributes, random.nextInt(attributes.length) & ~3);
            }
            said += ", malformed";
            // Linux 7.3, which is followed, has no tunnel vports any more; 7.2 has.
            boolean newVport = family == 1 && command == VportAttributes.CMD_NEW;
            if (newVport && makesTunnel(attributes) || isLeftToChance(attributes)) {
                w.wrap(memory.buffer(), 0, memory.capacity());
                return meter();
            }
        }
        int version = random.nextInt(50) == 0 ? random.nextInt(3) : family == 0 ? 2 : 1;
        int datapath = random.nextInt(30) == 0 ? random.nextInt(5) - 1 : 0;
        int echo = random.nextInt(3) == 0 ? MessageHeader.ECHO : 0;
        return new Step.Request(said, family, command, flags | echo, version, datapath, attributes);
    }

    private static boolean makesTunnel(byte[] vport) {
        ByteBuffer b = ByteBuffer.wrap(vport).order(ByteOrder.nativeOrder());
        for (int at = 0; at + 8 <= vport.length; at += Math.max(4, b.getShort(at) + 3 & ~3)) {
            int type = b.getInt(at + 4);
            if (b.getShort(at) < 4) {
                return false;
            } else if (b.getShort(at + 2) == 2 && type >= 3 && type <= 5) {
                return true;
            }
        }
        return false;
    }

    /** Whether a sample was given a probability between never and always. */
    private static boolean isLeftToChance(byte[] actions) {
        ByteBuffer b = ByteBuffer.wrap(actions).order(ByteOrder.nativeOrder());
        for (int at = 4; at + 8 <= actions.length; at += 4) {
            boolean probability =
                    b.getShort(at - 2) == 6 && b.getShort(at) == 8 && b.getShort(at + 2) == 1;
            if (probability && b.getInt(at + 4) != 0 && b.getInt(at + 4) != -1) {
                return true;
            }
        }
        return false;
    }

    // --- datapaths and vports ---

    private Step datapath() {
        int command = 1 + random.nextInt(4);
        if (random.nextInt(8) > 0) {
            // The first datapath stays: what is compared goes through it.
            int least = command == DatapathAttributes.CMD_DEL ? 1 : 0;
            int name = least + random.nextInt(4 - least);
            w.putString(
                    1,
                    random.nextInt(10) == 0
                            ? random.nextBoolean() ? "dif1" : "sixteen-letters-"
                            : Step.DATAPATHS[name]);
        } else if (command == DatapathAttributes.CMD_DEL) {
            command = DatapathAttributes.CMD_GET;
        }
        if (random.nextInt(4) > 0) {
            w.putU32(2, portId());
        }
        if (random.nextInt(3) > 0) {
            w.putU32(5, random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(4));
        }
        if (random.nextInt(6) == 0) {
            w.putU32(7, random.nextInt(3) == 0 ? random.nextInt(20_000) : 1 << random.nextInt(15));
        }
        return request("datapath", 0, command, 0);
    }

    private int portId() {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> 0x7fff_fff0; // nobody
            default -> Step.PORT_ID;
        };
    }

    private Step vport() {
        int command = 1 + random.nextInt(4);
        if (random.nextInt(5) > 0) {
            w.putU32(1, random.nextInt(15) == 0 ? random.nextInt() : random.nextInt(5));
        }
        if (random.nextInt(5) > 0) {
            w.putU32(2, random.nextInt(10) == 0 ? 6 + random.nextInt(4) : 1 + random.nextInt(2));
        }
        if (random.nextInt(4) > 0) {
            String[] names = {"dif1", "dif2", "dif3", "int1", "int2", "diff0", "nodev", "lo", ""};
            w.putString(3, names[random.nextInt(random.nextInt(3) == 0 ? 9 : 5)]);
        }
        if (random.nextInt(5) > 0) {
            w.putU32(5, portId());
        }
        if (random.nextInt(20) == 0) {
            w.putU32(8, 3);
        }
        int flags = command == VportAttributes.CMD_GET && random.nextBoolean() ? 0x300 : 0;
        return request("vport", 1, command, flags);
    }

    // --- flows ---

    private Step newFlow() {
        ufid();
        boolean tracks = random.nextInt(8) == 0;
        keyAndMask(tracks ? UNREACHED : random.nextInt(3));
        if (tracks) {
            // What becomes of connections is compared elsewhere; here nothing is tracked.
            actions.nestTracking(w, FlowAttributes.ACTIONS.number());
        } else {
            actions.nest(w, FlowAttributes.ACTIONS.number());
        }
        int flags = random.nextInt(3) == 0 ? 0 : MessageHeader.CREATE;
        if (random.nextInt(10) == 0) {
            w.putFlag(FlowAttributes.PROBE.number());
        }
        return request("flow new", 2, FlowAttributes.CMD_NEW, flags);
    }

    private Step oldFlow() {
        boolean named = random.nextInt(3) > 0;
        if (named) {
            ufid();
        }
        if (random.nextBoolean() || !named) {
            keyAndMask(random.nextInt(3));
        }
        int command = 2 + random.nextInt(3);
        int flags = 0;
        if (command == FlowAttributes.CMD_SET && random.nextBoolean()) {
            actions.nest(w, FlowAttributes.ACTIONS.number());
        }
        if (command == FlowAttributes.CMD_SET && random.nextInt(3) == 0) {
            w.putFlag(FlowAttributes.CLEAR.number());
        }
        if (random.nextInt(4) == 0) {
            w.putU32(FlowAttributes.UFID_FLAGS.number(), random.nextInt(8));
        }
        return request("flow command " + command, 2, command, flags);
    }

    private void ufid() {
        if (random.nextInt(3) > 0) {
            byte[] ufid = new byte[random.nextInt(10) == 0 ? 1 + random.nextInt(20) : 16];
            ufid[0] = (byte) random.nextInt(4);
            w.putBytes(FlowAttributes.UFID.number(), ufid);
        }
    }

    private void keyAndMask(int recirculation) {
        extract(frame());
        actions.about(key);
        key.set(FlowField.RECIRC_ID, recirculation);
        int nest = w.beginPlainNest(FlowAttributes.KEY.number());
        FlowKeyEncoder.encodeKey(key, w);
        w.endNest(nest);
        if (random.nextInt(6) == 0) {
            return;
        }
        mask.clear();
        mask.exact(FlowField.RECIRC_ID);
        for (int n = random.nextInt(4); n > 0; n--) {
            FlowField field = FIELDS[random.nextInt(FIELDS.length)];
            if (random.nextBoolean()) {
                mask.exact(field);
            } else {
                mask.prefix(field, random.nextInt(field.bits() + 1));
            }
        }
        if (random.nextInt(5) > 0) {
            // What actions on headers need.
            mask.exact(FlowField.DL_TYPE).exact(FlowField.NW_PROTO);
        }
        nest = w.beginPlainNest(FlowAttributes.MASK.number());
        if (random.nextInt(5) == 0) {
            // As it comes, which a kernel may well refuse.
            mask.bits().words()[FlowKey.ATTRIBUTES] = key.words()[FlowKey.ATTRIBUTES];
            FlowKeyEncoder.encodeKey(mask.bits(), w);
        } else {
            FlowKeyEncoder.encodeMask(key, mask, w);
        }
        w.endNest(nest);
    }

    private void extract(byte[] frame) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(frame.length).order(ByteOrder.nativeOrder());
        buffer.put(0, frame);
        new FlowExtractor().extract(buffer, 0, frame.length, 1 + random.nextInt(2), key);
        // Not in every kernel.
        key.words()[FlowKey.ATTRIBUTES] &=
                ~(1L << KeyAttributes.IPV6_EXTHDRS.number() | 1L << KeyAttributes.CT_ZONE.number());
    }

    // --- packets ---

    private Step execute() {
        byte[] frame = frame();
        w.putBytes(PacketAttributes.PACKET.number(), frame);
        int nest = w.beginPlainNest(PacketAttributes.KEY.number());
        if (random.nextInt(10) > 0) {
            w.putU32(3, random.nextInt(4));
        }
        if (random.nextInt(3) == 0) {
            w.putU32(15, random.nextInt(3));
        }
        w.endNest(nest);
        extract(frame);
        actions.about(key);
        if (random.nextInt(4) == 0) {
            nest = w.beginPlainNest(PacketAttributes.ACTIONS.number());
            w.putU32(7, random.nextInt(3));
            w.endNest(nest);
        } else {
            actions.nest(w, PacketAttributes.ACTIONS.number());
        }
        if (random.nextInt(10) == 0) {
            w.putU16(PacketAttributes.MRU.number(), random.nextInt(3) == 0 ? 0 : 1500);
        }
        return request("execute", 3, PacketAttributes.CMD_EXECUTE, 0);
    }

    private byte[] frame() {
        return frames.next();
    }

    // --- meters ---

    private Step meter() {
        int command = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : MeterAttributes.CMD_SET;
        if (random.nextInt(12) > 0) {
            w.putU32(1, random.nextInt(12) == 0 ? random.nextInt() : 1 + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            w.putFlag(2);
        }
        if (random.nextInt(8) == 0) {
            w.putFlag(6);
        }
        if (random.nextInt(12) > 0) {
            int bands = w.beginPlainNest(4);
            for (int n = random.nextInt(8) == 0 ? random.nextInt(3) : 1; n > 0; n--) {
                int band = w.beginPlainNest(random.nextInt(6) == 0 ? random.nextInt(3) : 1);
                band();
                w.endNest(band);
            }
            w.endNest(bands);
        }
        return request("meter command " + command, 4, command, 0);
    }

    /** Rates so high or so low that the time between two packets does not matter. */
    private void band() {
        w.putU32(1, random.nextInt(15) == 0 ? random.nextInt(4) : 1);
        if (random.nextInt(20) > 0) {
            w.putU32(2, random.nextInt(20) == 0 ? 0 : random.nextBoolean() ? 1 : 1_000_000_000);
        }
        if (random.nextInt(20) > 0) {
            w.putU32(3, random.nextInt(3) == 0 ? 0 : random.nextInt(6));
        }
        if (random.nextInt(5) == 0) {
            w.putBytes(4, new byte[16]);
        }
    }

    // --- limits of connections ---

    private Step connectionLimits() {
        int command = random.nextInt(15) == 0 ? random.nextInt(6) : 1 + random.nextInt(3);
        if (random.nextInt(5) > 0) {
            int nest = w.beginPlainNest(1);
            for (int n = random.nextInt(5); n > 0; n--) {
                w.putRawU32(zone());
                w.putRawU32(random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(4));
                w.putRawU32(random.nextInt(2));
            }
            w.endNest(nest);
        }
        return request("ct limit command " + command, 6, command, 0);
    }

    /** Few, so that they meet again; some of one bucket in a kernel, some no zone's number. */
    private int zone() {
        return switch (random.nextInt(8)) {
            case 0 -> -1;
            case 1 -> random.nextInt();
            case 2 -> 0xffff + random.nextInt(2);
            default -> random.nextInt(3) + 512 * random.nextInt(3);
        };
    }
}
