package io.odp4j.datapath.flow;

import java.util.Arrays;

/**
 * A decoded flow key in one fixed, flat layout: 76 words of 64 bits, the fields as {@link
 * FlowField} places them. A mask has the same layout and the same fields.
 *
 * <pre>
 *  word  0 ..  3   metadata: recirc_id in_port dp_hash priority mark ct_mark ct_state ct_zone
 *        4 ..  6   Ethernet, VLAN, ip proto and fragment
 *        7 .. 13   IPv4 or ARP addresses, IPv6 addresses, ports, tos, ttl, label
 *       14 .. 20   ARP and ND hardware addresses, ND target and extensions
 *       21 .. 22   MPLS
 *       23 .. 30   connection: label and original tuple
 *       31 .. 33   NSH
 *       34 .. 41   tunnel
 *       42 .. 43   which attributes the key carried (not matched on)
 *       44 .. 75   tunnel options
 * </pre>
 *
 * A plain IPv4 or IPv6 packet touches the first 14 words alone. Decoding reuses one instance;
 * nothing is allocated.
 *
 * <p>Words 42 and 43 say which netlink attributes were there, so that a key is written back with
 * just the attributes that it came with:
 *
 * <ul>
 *   <li>{@link #ATTRIBUTES}: bit n for OVS_KEY_ATTR n at whatever level it stood. Those that can
 *       stand on several levels are told apart: VLAN and ENCAP are the outer tag's, {@link
 *       #CARRIES_CVLAN} and {@link #CARRIES_CVLAN_ENCAP} the inner one's; ETHERTYPE is the
 *       innermost Ethernet type, {@link #CARRIES_VLAN_TYPE} and {@link #CARRIES_CVLAN_TYPE} are the
 *       TPIDs beside the tags. {@link #CARRIES_UNKNOWN} says that there was more than a flow key
 *       holds.
 *   <li>{@link #NESTED_ATTRIBUTES}: bit n for OVS_TUNNEL_KEY_ATTR n, {@link #CARRIES_GBP} for the
 *       word within VXLAN_OPTS, from {@link #NSH_ATTRIBUTES_SHIFT} on bit n for OVS_NSH_KEY_ATTR n,
 *       from {@link #MPLS_COUNT_SHIFT} on the number of MPLS entries.
 * </ul>
 *
 * A key that was built by hand gets them from {@link #carryFromContents()}.
 */
public final class FlowKey {
    /** Words of a key. */
    public static final int WORDS = 76;

    /** Words that a packet's match can touch, tunnel options aside. */
    public static final int MATCH_WORDS = 42;

    /** Words after which only tunnel and NSH fields follow. */
    public static final int TUNNEL_WORD = 34;

    public static final int ATTRIBUTES = 42;
    public static final int NESTED_ATTRIBUTES = 43;
    public static final int TUN_OPTS_WORD = 44;
    public static final int TUN_OPTS_WORDS = 32;

    /** In {@link #ATTRIBUTES}: the first ENCAP held a VLAN of its own. */
    public static final long CARRIES_CVLAN = 1L << 40;

    /** In {@link #ATTRIBUTES}: the outermost VLAN had an ETHERTYPE (its TPID) beside it. */
    public static final long CARRIES_VLAN_TYPE = 1L << 41;

    /** In {@link #ATTRIBUTES}: the inner VLAN had an ETHERTYPE (its TPID) beside it. */
    public static final long CARRIES_CVLAN_TYPE = 1L << 42;

    /** In {@link #ATTRIBUTES}: the inner VLAN had an ENCAP. */
    public static final long CARRIES_CVLAN_ENCAP = 1L << 43;

    /** In {@link #ATTRIBUTES}: there were attributes, or parts of some, that no field holds. */
    public static final long CARRIES_UNKNOWN = 1L << 44;

    /** In {@link #NESTED_ATTRIBUTES}: bit 32 + n says that the key carried OVS_NSH_KEY_ATTR n. */
    public static final int NSH_ATTRIBUTES_SHIFT = 32;

    /** In {@link #NESTED_ATTRIBUTES}: the number of MPLS entries, four bits. */
    public static final int MPLS_COUNT_SHIFT = 40;

    /** In {@link #NESTED_ATTRIBUTES}: VXLAN_OPTS held the group-based policy word. */
    public static final long CARRIES_GBP = 1L << 48;

    /**
     * {@link FlowField#IN_PORT} of a key without one, as Open vSwitch says it (the kernel: 0xffff).
     */
    public static final int PORT_NONE = 0xffffffff;

    // TUN_FLAGS
    public static final int TUN_F_DONT_FRAGMENT = 1;
    public static final int TUN_F_CSUM = 1 << 1;
    public static final int TUN_F_OAM = 1 << 2;

    /** A tunnel id is there; without it the id is unknown rather than 0. */
    public static final int TUN_F_KEY = 1 << 3;

    public static final int TUN_F_IPV4_INFO_BRIDGE = 1 << 4;

    /**
     * The Ethernet type of a frame without one (IEEE 802.2 without SNAP), as Open vSwitch says it.
     */
    public static final int DL_TYPE_NONE = 0x05ff;

    private final long[] words = new long[WORDS];

    /** The words themselves: the owner may read and write them. */
    public long[] words() {
        return words;
    }

    /** Sets every field to zero, and no attribute as carried. */
    public FlowKey clear() {
        Arrays.fill(words, 0);
        return this;
    }

    public FlowKey copyFrom(FlowKey other) {
        System.arraycopy(other.words, 0, words, 0, WORDS);
        return this;
    }

    /** A field's value, or the most significant 64 bits of a longer one. */
    public long get(FlowField field) {
        return field.get(words);
    }

    /** Sets a field of up to 64 bits. */
    public FlowKey set(FlowField field, long value) {
        field.set(words, value);
        return this;
    }

    /** Sets a field of 128 bits. */
    public FlowKey set(FlowField field, long high, long low) {
        field.set(words, high, low);
        return this;
    }

    /** Whether the key carried (or is to be written with) that OVS_KEY_ATTR. */
    public boolean carries(int attribute) {
        return (words[ATTRIBUTES] & 1L << attribute) != 0;
    }

    /** Whether the key's tunnel carried that OVS_TUNNEL_KEY_ATTR. */
    public boolean carriesTunnel(int attribute) {
        return (words[NESTED_ATTRIBUTES] & 1L << attribute) != 0;
    }

    /** Whether there was more in the attributes than the fields hold. */
    public boolean carriesUnknown() {
        return (words[ATTRIBUTES] & CARRIES_UNKNOWN) != 0;
    }

    /** How many MPLS entries the key carries, 0 to 3. */
    public int mplsCount() {
        return (int) (words[NESTED_ATTRIBUTES] >>> MPLS_COUNT_SHIFT) & 0xf;
    }

    public FlowKey setMplsCount(int count) {
        words[NESTED_ATTRIBUTES] =
                words[NESTED_ATTRIBUTES] & ~(0xfL << MPLS_COUNT_SHIFT)
                        | (long) count << MPLS_COUNT_SHIFT;
        return this;
    }

    /**
     * Says that the key carries the attributes that the kernel would send in an upcall for a packet
     * with these fields: for a key that was built by hand. {@link KeyPresence} has the rules.
     */
    public FlowKey carryFromContents() {
        KeyPresence.fromContents(words);
        return this;
    }

    /** Says that the key carries an OVS_KEY_ATTR. */
    public FlowKey carry(int attribute) {
        words[ATTRIBUTES] |= 1L << attribute;
        return this;
    }

    /** One byte of the tunnel options. */
    public int tunOpt(int index) {
        return (int) (words[TUN_OPTS_WORD + (index >> 3)] >>> 56 - 8 * (index & 7)) & 0xff;
    }

    public void setTunOpt(int index, int value) {
        int word = TUN_OPTS_WORD + (index >> 3);
        int shift = 56 - 8 * (index & 7);
        words[word] = words[word] & ~(0xffL << shift) | (value & 0xffL) << shift;
    }

    // What policies ask for most.

    public int inPort() {
        return (int) words[0];
    }

    public int recircId() {
        return (int) (words[0] >>> 32);
    }

    /** The destination's 48-bit hardware address. */
    public long dlDst() {
        return words[4] >>> 16;
    }

    /** The source's 48-bit hardware address. */
    public long dlSrc() {
        return words[5] >>> 16;
    }

    /** The innermost Ethernet type. */
    public int dlType() {
        return (int) words[4] & 0xffff;
    }

    /** The outer VLAN tag, 0 without one; a tag's bit 0x1000 is always set. */
    public int vlanTci() {
        return (int) (words[6] >>> 32) & 0xffff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlowKey that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (FlowField field : FlowField.values()) {
            boolean set = false;
            for (int w = 0; w < field.words(); w++) {
                set |= (words[field.word() + w] & field.wordMask()) != 0;
            }
            if (set) {
                text.append(text.isEmpty() ? "" : ",").append(field.fieldName()).append('=');
                text.append("0x").append(Long.toHexString(get(field)));
                for (int w = 1; w < field.words(); w++) {
                    text.append(String.format("%016x", words[field.word() + w]));
                }
            }
        }
        return text.toString();
    }
}
