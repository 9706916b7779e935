package io.odp4j.upcall.policy;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.objects.ObjectIterator;

/**
 * Where hardware addresses were last seen: a port by VLAN and address, forgotten after a while
 * without traffic. Bounded; nothing is allocated per packet. One thread's.
 */
public final class MacTable {
    /** What {@link #lookup} says of an address that is not known. */
    public static final int UNKNOWN = -1;

    private final Long2LongOpenHashMap entries;
    private final int most;
    private final int maxAgeSeconds;
    private long version;

    public MacTable(int most, int maxAgeSeconds) {
        this.most = most;
        this.maxAgeSeconds = maxAgeSeconds;
        this.entries = new Long2LongOpenHashMap(most);
        entries.defaultReturnValue(-1);
    }

    /** The port of an address, or {@link #UNKNOWN}. */
    public int lookup(int vlan, long mac) {
        long entry = entries.get(key(vlan, mac));
        return entry < 0 ? UNKNOWN : (int) (entry >>> 32);
    }

    /**
     * Notes that an address was seen at a port.
     *
     * @return false if the table is full and does not know the address
     */
    public boolean learn(int vlan, long mac, int port, int nowSeconds) {
        long key = key(vlan, mac);
        long before = entries.get(key);
        if (before < 0 && entries.size() >= most) {
            return false;
        }
        if (before < 0 || (int) (before >>> 32) != port) {
            version++;
        }
        entries.put(key, (long) port << 32 | nowSeconds & 0xffffffffL);
        return true;
    }

    /** Notes traffic of an address that is known at that port; learns nothing new. */
    public void refresh(int vlan, long mac, int port, int nowSeconds) {
        long key = key(vlan, mac);
        long before = entries.get(key);
        if (before >= 0 && (int) (before >>> 32) == port) {
            entries.put(key, (long) port << 32 | nowSeconds & 0xffffffffL);
        }
    }

    /** Forgets what is too old, and every address at a port that is gone. */
    public void expire(int nowSeconds, PortSet ports) {
        ObjectIterator<Long2LongMap.Entry> all = entries.long2LongEntrySet().fastIterator();
        while (all.hasNext()) {
            long entry = all.next().getLongValue();
            boolean old = nowSeconds - (int) entry >= maxAgeSeconds;
            if (old || !ports.contains((int) (entry >>> 32))) {
                all.remove();
                version++;
            }
        }
    }

    public int size() {
        return entries.size();
    }

    /** Changes whenever an address is learnt, moves or is forgotten. */
    public long version() {
        return version;
    }

    private static long key(int vlan, long mac) {
        return (long) vlan << 48 | mac;
    }
}
