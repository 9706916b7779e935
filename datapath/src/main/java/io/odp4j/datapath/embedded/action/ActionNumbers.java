package io.odp4j.datapath.embedded.action;

/**
 * Numbers of actions and key attributes as compile-time constants, for switches. They repeat {@link
 * io.odp4j.datapath.flow.ActionAttributes} and {@link io.odp4j.datapath.flow.KeyAttributes}, and a
 * test holds them together.
 */
public final class ActionNumbers {
    public static final int OUTPUT = 1;
    public static final int USERSPACE = 2;
    public static final int SET = 3;
    public static final int PUSH_VLAN = 4;
    public static final int POP_VLAN = 5;
    public static final int SAMPLE = 6;
    public static final int RECIRC = 7;
    public static final int HASH = 8;
    public static final int PUSH_MPLS = 9;
    public static final int POP_MPLS = 10;
    public static final int SET_MASKED = 11;
    public static final int CT = 12;
    public static final int TRUNC = 13;
    public static final int PUSH_ETH = 14;
    public static final int POP_ETH = 15;
    public static final int CT_CLEAR = 16;
    public static final int PUSH_NSH = 17;
    public static final int POP_NSH = 18;
    public static final int METER = 19;
    public static final int CLONE = 20;
    public static final int CHECK_PKT_LEN = 21;
    public static final int ADD_MPLS = 22;
    public static final int DEC_TTL = 23;
    public static final int DROP = 24;
    public static final int PSAMPLE = 25;

    public static final int KEY_PRIORITY = 2;
    public static final int KEY_ETHERNET = 4;
    public static final int KEY_IPV4 = 7;
    public static final int KEY_IPV6 = 8;
    public static final int KEY_TCP = 9;
    public static final int KEY_UDP = 10;
    public static final int KEY_SKB_MARK = 15;
    public static final int KEY_TUNNEL = 16;
    public static final int KEY_SCTP = 17;
    public static final int KEY_MPLS = 21;
    public static final int KEY_CT_MARK = 24;
    public static final int KEY_CT_LABELS = 25;

    private ActionNumbers() {}
}
