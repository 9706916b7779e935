package io.odp4j.datapath.embedded.server;

import io.odp4j.datapath.embedded.table.FlowEntry;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.NshAttributes;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.FlowAttributes;

/**
 * Writes a flow as the kernel does: its name, key and mask with the attributes that the masked key
 * stands for, statistics where there are any, and actions last.
 */
final class FlowWriter {
    private final FlowKey scratch = new FlowKey();

    void write(MessageWriter w, FlowEntry flow, int omit) {
        if (flow.ufid != null) {
            w.putBytes(FlowAttributes.UFID.number(), flow.ufid);
            if ((omit & FlowAttributes.UFID_F_OMIT_KEY) == 0) {
                putKey(w, FlowAttributes.KEY.number(), flow.key());
            }
        } else {
            scratch.copyFrom(flow.givenKey).carryFromContents();
            scratch.setMplsCount(flow.givenKey.mplsCount());
            putKey(w, FlowAttributes.KEY.number(), scratch);
        }
        if ((omit & FlowAttributes.UFID_F_OMIT_MASK) == 0) {
            putKey(w, FlowAttributes.MASK.number(), mask(flow));
        }
        statistics(w, flow);
        if ((omit & FlowAttributes.UFID_F_OMIT_ACTIONS) == 0) {
            w.putBytes(FlowAttributes.ACTIONS.number(), flow.actions, 0, flow.actions.capacity());
        }
        w.end();
    }

    private static void putKey(MessageWriter w, int type, FlowKey key) {
        int nest = w.beginPlainNest(type);
        FlowKeyEncoder.encodeKey(key, w);
        w.endNest(nest);
    }

    /** A mask has the attributes of its key, and a tunnel always; in_port is that of 16 bits. */
    private FlowKey mask(FlowEntry flow) {
        scratch.copyFrom(flow.mask().bits());
        long[] w = scratch.words();
        long[] k = flow.key().words();
        w[FlowKey.ATTRIBUTES] = k[FlowKey.ATTRIBUTES];
        w[FlowKey.NESTED_ATTRIBUTES] =
                k[FlowKey.NESTED_ATTRIBUTES] | 1L << TunnelAttributes.TTL.number();
        scratch.setMplsCount(flow.mask().bits().mplsCount());
        scratch.set(FlowField.TUN_OPTS_LEN, flow.key().get(FlowField.TUN_OPTS_LEN));
        scratch.carry(KeyAttributes.TUNNEL.number()).carry(KeyAttributes.IN_PORT.number());
        if (flow.key().carries(KeyAttributes.NSH.number())) {
            // Of a mask both parts are told, whatever the key's metadata are.
            scratch.words()[FlowKey.NESTED_ATTRIBUTES] |=
                    1L << FlowKey.NSH_ATTRIBUTES_SHIFT + NshAttributes.BASE.number()
                            | 1L << FlowKey.NSH_ATTRIBUTES_SHIFT + NshAttributes.MD1.number();
        }
        // Of a tag it tells that the TPID is matched, even if it is not.
        if (flow.key().carries(KeyAttributes.VLAN.number())) {
            scratch.set(FlowField.VLAN_TPID, 0xffff);
        }
        if ((k[FlowKey.ATTRIBUTES] & FlowKey.CARRIES_CVLAN) != 0) {
            scratch.set(FlowField.CVLAN_TPID, 0xffff);
        }
        if (scratch.get(FlowField.DL_TYPE) != 0 && flow.key().dlType() == FlowKey.DL_TYPE_NONE) {
            scratch.carry(KeyAttributes.ETHERTYPE.number());
        }
        if ((scratch.get(FlowField.IN_PORT) & 0xffff) == 0) {
            scratch.set(FlowField.IN_PORT, 0xffff_0000L);
        }
        return scratch;
    }

    private static void statistics(MessageWriter w, FlowEntry flow) {
        if (flow.usedMillis != 0) {
            w.putU64(FlowAttributes.USED.number(), flow.usedMillis);
        }
        if (flow.packets != 0) {
            int at = w.header(FlowAttributes.STATS.number(), 16);
            w.buffer().putLong(at, flow.packets).putLong(at + 8, flow.octets);
        }
        if ((flow.tcpFlags & 0xff) != 0) {
            w.putU8(FlowAttributes.TCP_FLAGS.number(), flow.tcpFlags);
        }
    }
}
