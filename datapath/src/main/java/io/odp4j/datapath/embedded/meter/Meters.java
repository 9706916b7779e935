package io.odp4j.datapath.embedded.meter;

import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.netlink.Errno;

/**
 * The meters of one datapath, in the kernel's table: an array in which a meter's place is its id
 * modulo the array's length, so that two ids may be in each other's way.
 */
public final class Meters {
    /** How many there may be, less one. */
    public static final int MOST = 200_000;

    private static final int LEAST_PLACES = 1024;

    private Meter[] meters = new Meter[LEAST_PLACES];
    private int[] ids = new int[LEAST_PLACES];
    private int count;

    /** The meter of that id, or null. */
    public Meter get(int id) {
        int place = Integer.remainderUnsigned(id, meters.length);
        return ids[place] == id ? meters[place] : null;
    }

    /**
     * Puts a meter in place of the one of that id, if there is one.
     *
     * @return the one replaced, or null
     * @throws Refusal EBUSY if another id has its place, EFBIG if there are too many; the old one
     *     is gone all the same, as with a kernel
     */
    public Meter put(int id, Meter meter) throws Refusal {
        Meter old = remove(id);
        int place = Integer.remainderUnsigned(id, meters.length);
        Refusal.require(meters[place] == null, Errno.EBUSY);
        Refusal.require(count + 1 < MOST, Errno.EFBIG);
        meters[place] = meter;
        ids[place] = id;
        count++;
        if (count >= meters.length) {
            resize(2 * meters.length);
        }
        return old;
    }

    /** Takes a meter away; null if there is none of that id. */
    public Meter remove(int id) {
        Meter old = get(id);
        if (old != null) {
            meters[Integer.remainderUnsigned(id, meters.length)] = null;
            count--;
            shrink();
        }
        return old;
    }

    private void shrink() {
        if (meters.length == LEAST_PLACES || count > meters.length / 4) {
            return;
        }
        for (int i = meters.length / 2; i < meters.length; i++) {
            if (meters[i] != null) {
                return;
            }
        }
        resize(meters.length / 2);
    }

    private void resize(int places) {
        Meter[] oldMeters = meters;
        int[] oldIds = ids;
        meters = new Meter[places];
        ids = new int[places];
        for (int i = 0; i < oldMeters.length; i++) {
            if (oldMeters[i] != null) {
                int place = Integer.remainderUnsigned(oldIds[i], places);
                meters[place] = oldMeters[i];
                ids[place] = oldIds[i];
            }
        }
    }

    /**
     * Whether a packet is to be dropped. A meter that there is not lets everything pass.
     *
     * @param length bytes that count, the outer tag left out
     */
    public boolean drops(int id, int length) {
        Meter meter = get(id);
        return meter != null && meter.drops(length, System.nanoTime() / 1_000_000L);
    }
}
