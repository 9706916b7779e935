package io.odp4j.datapath.embedded.differential;

import java.util.HexFormat;

/** One thing done to both datapaths: a request without what differs between them, or a frame. */
sealed interface Step {
    /** Names of the datapaths that requests are about; the first one is always there. */
    String[] DATAPATHS = {"diff0", "diff1", "diff2", "diff3"};

    /** Names of the devices; vports on the first two are always there at first. */
    String[] DEVICES = {"dif1", "dif2", "dif3"};

    /** Stands where the port id of the upcall socket goes, in host byte order. */
    int PORT_ID = 0xdeadcafe;

    /**
     * @param family 0 datapath, 1 vport, 2 flow, 3 packet, 4 meter, 6 ct limit
     * @param datapath index of the datapath meant; -1 for an interface index that there is not
     */
    record Request(
            String what,
            int family,
            int command,
            int flags,
            int version,
            int datapath,
            byte[] attributes)
            implements Step {
        @Override
        public String toString() {
            return String.format(
                    "%s: family %d command %d flags %#x version %d datapath %d attributes %s",
                    what, family, command, flags, version, datapath, hex(attributes));
        }
    }

    /** A frame that comes in at a device. */
    record Frame(int device, byte[] bytes) implements Step {
        @Override
        public String toString() {
            return "frame at " + DEVICES[device] + ": " + hex(bytes);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
