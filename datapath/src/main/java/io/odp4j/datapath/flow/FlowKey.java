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
 * just the attributes that it came with: {@link #ATTRIBUTES} has bit n for OVS_KEY_ATTR n of the
 * outer level and bits {@link #CARRIES_CVLAN}, {@link #CARRIES_VLAN_TYPE}, {@link
 * #CARRIES_CVLAN_TYPE} for what lay within ENCAP; {@link #NESTED_ATTRIBUTES} has bit n for
 * OVS_TUNNEL_KEY_ATTR n, from bit 32 on OVS_NSH_KEY_ATTR n, from bit 40 on the number of MPLS
 * entries.
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

    /** In {@link #ATTRIBUTES}: the first ENCAP held a VLAN (and an ENCAP) of its own. */
    public static final long CARRIES_CVLAN = 1L << 40;

    /** In {@link #ATTRIBUTES}: the outermost VLAN had an ETHERTYPE (its TPID) beside it. */
    public static final long CARRIES_VLAN_TYPE = 1L << 41;

    /** In {@link #ATTRIBUTES}: the inner VLAN had an ETHERTYPE (its TPID) beside it. */
    public static final long CARRIES_CVLAN_TYPE = 1L << 42;

    /** In {@link #ATTRIBUTES}: the inner VLAN had an ENCAP. */
    public static final long CARRIES_CVLAN_ENCAP = 1L << 43;

    public static final int NSH_ATTRIBUTES_SHIFT = 32;
    public static final int MPLS_COUNT_SHIFT = 40;

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
        // Tunnel words are zero unless the last key had a tunnel, and most keys have none.
        int used = words[NESTED_ATTRIBUTES] == 0 ? TUNNEL_WORD : WORDS;
        Arrays.fill(words, 0, used, 0);
        words[ATTRIBUTES] = 0;
        words[NESTED_ATTRIBUTES] = 0;
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

    /** Says that the key carries an OVS_KEY_ATTR of the outer level. */
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
