package io.odp4j.datapath.netlink;

import java.util.HashMap;
import java.util.Map;

/**
 * A generic-netlink family as the kernel registered it.
 *
 * @param id the message type of its messages
 * @param version what the kernel implements
 * @param headerLength bytes of the family's fixed header after the generic one
 * @param groups multicast group numbers by name
 */
public record GenericFamily(
        String name, int id, int version, int headerLength, Map<String, Integer> groups) {
    /** The controller's own family, whose id is fixed: {@code GENL_ID_CTRL}. */
    public static final GenericFamily CONTROL = new GenericFamily("nlctrl", 0x10, 2, 0, Map.of());

    private static final int CMD_GETFAMILY = 3;
    private static final int FAMILY_ID = 1;
    private static final int FAMILY_NAME = 2;
    private static final int VERSION = 3;
    private static final int HDRSIZE = 4;
    private static final int MCAST_GROUPS = 7;
    private static final int GROUP_NAME = 1;
    private static final int GROUP_ID = 2;

    /**
     * Asks the controller for a family.
     *
     * @throws FamilyNotFoundException if nobody registered that name
     */
    public static GenericFamily resolve(RequestChannel channel, String name)
            throws NetlinkException {
        channel.begin(CONTROL, 0, CMD_GETFAMILY).putString(FAMILY_NAME, name);
        try {
            return channel.query("looking up family " + name, GenericFamily::decode);
        } catch (NetlinkException e) {
            if (e.is(Errno.ENOENT)) {
                throw new FamilyNotFoundException(name, channel.socket().peer());
            }
            throw e;
        }
    }

    /**
     * The number of one of the family's multicast groups.
     *
     * @throws IllegalArgumentException if the family has none of that name
     */
    public int group(String group) {
        Integer number = groups.get(group);
        if (number == null) {
            throw new IllegalArgumentException(name + " has no multicast group " + group);
        }
        return number;
    }

    private static GenericFamily decode(MessageReader message) {
        String name = "";
        int id = 0;
        int version = 1;
        int headerLength = 0;
        Map<String, Integer> groups = new HashMap<>();
        AttributeReader a = message.attributes(new AttributeReader(), GenericHeader.PAYLOAD_OFFSET);
        while (a.next()) {
            switch (a.type()) {
                case FAMILY_NAME -> name = a.string();
                case FAMILY_ID -> id = a.u16();
                case VERSION -> version = a.u32();
                case HDRSIZE -> headerLength = a.u32();
                case MCAST_GROUPS -> decodeGroups(a, groups);
                default -> {
                    // Operations and policies are for the nlctrl family's own codec.
                }
            }
        }
        if (id < MessageHeader.MIN_TYPE) {
            throw new NetlinkFormatException("a family without an id", message.offset());
        }
        return new GenericFamily(name, id, version, headerLength, Map.copyOf(groups));
    }

    private static void decodeGroups(AttributeReader outer, Map<String, Integer> groups) {
        AttributeReader elements = new AttributeReader().wrapNested(outer);
        while (elements.next()) {
            String name = null;
            int id = 0;
            AttributeReader group = new AttributeReader().wrapNested(elements);
            while (group.next()) {
                if (group.type() == GROUP_NAME) {
                    name = group.string();
                } else if (group.type() == GROUP_ID) {
                    id = group.u32();
                }
            }
            if (name != null) {
                groups.put(name, id);
            }
        }
    }
}
