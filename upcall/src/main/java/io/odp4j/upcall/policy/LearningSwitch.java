package io.odp4j.upcall.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.policy.MacTable;

/**
 * A VLAN-aware learning switch: every port is a trunk, addresses are learnt per VLAN, what is not
 * known is flooded. Frames to the bridge group addresses 01:80:c2:00:00:00 to 0f go nowhere, as
 * IEEE 802.1D asks of a bridge.
 *
 * <p>A flow matches in_port, dl_src, dl_dst and the VLAN id, and nothing else.
 */
public final class LearningSwitch implements AddressBook {
    /** VLAN id and the bit that says that there is a tag; not the priority. */
    private static final int VLAN_ID_AND_TAG = 0x1fff;

    private static final int VLAN_ID = 0x0fff;
    private static final long GROUP_BIT = 1L << 40;
    private static final long RESERVED = 0x0180_c200_0000L;

    private final MacTable macs = new MacTable();
    private PortSet ports = PortSet.EMPTY;
    private final MacExchange.Member exchange;
    private long portsVersion;

    public LearningSwitch() {
        this(new MacExchange());
    }

    private LearningSwitch(MacExchange others) {
        this.exchange = others.join(macs);
    }

    /** Learning switches for an agent's shards, each of which knows what the others learn. */
    public static PolicyFactory sharing() {
        MacExchange exchange = new MacExchange();
        return shard -> new LearningSwitch(exchange);
    }

    @Override
    public void decide(FlowKey key, Verdict verdict) {
        exchange.listen();
        learn(key);
        decideAgain(key, verdict);
    }

    private void learn(FlowKey key) {
        long source = key.dlSrc();
        if ((source & GROUP_BIT) == 0 && source != 0) {
            macs.learn(vlan(key), source, key.inPort());
        }
    }

    @Override
    public void decideAgain(FlowKey key, Verdict verdict) {
        verdict.match(FlowField.RECIRC_ID)
                .match(FlowField.IN_PORT)
                .match(FlowField.DL_SRC)
                .match(FlowField.DL_DST)
                .match(FlowField.VLAN_TCI, VLAN_ID_AND_TAG);
        long destination = key.dlDst();
        if ((destination & ~0xfL) == RESERVED) {
            return;
        }
        int known =
                (destination & GROUP_BIT) == 0
                        ? macs.port(vlan(key), destination)
                        : MacTable.UNKNOWN;
        if (known == MacTable.UNKNOWN) {
            ports.flood(key.inPort(), verdict.actions());
        } else if (known != key.inPort()) {
            verdict.actions().output(known);
        }
    }

    @Override
    public void portsChanged(int[] portNumbers) {
        ports = PortSet.of(portNumbers);
        portsVersion++;
        tick();
    }

    @Override
    public void used(FlowKey key) {
        macs.refresh(vlan(key), key.dlSrc(), key.inPort());
    }

    @Override
    public void adopted(FlowKey key) {
        learn(key);
    }

    @Override
    public void tick() {
        exchange.listen();
        macs.setNow((int) (System.nanoTime() / 1_000_000_000L));
        macs.expire(ports::contains);
    }

    @Override
    public long version() {
        return portsVersion + macs.version();
    }

    @Override
    public MacTable addresses() {
        return macs;
    }

    @Override
    public int localPort() {
        return 0;
    }

    private static int vlan(FlowKey key) {
        return key.vlanTci() & VLAN_ID;
    }
}
