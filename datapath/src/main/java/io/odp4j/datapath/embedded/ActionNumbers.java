package io.odp4j.datapath.embedded;

/**
 * Numbers of actions and key attributes as compile-time constants, for switches. They repeat {@link
 * io.odp4j.datapath.flow.ActionAttributes} and {@link io.odp4j.datapath.flow.KeyAttributes}, and a
 * test holds them together.
 */
final class ActionNumbers {
    static final int OUTPUT = 1;
    static final int USERSPACE = 2;
    static final int SET = 3;
    static final int PUSH_VLAN = 4;
    static final int POP_VLAN = 5;
    static final int SAMPLE = 6;
    static final int RECIRC = 7;
    static final int HASH = 8;
    static final int PUSH_MPLS = 9;
    static final int POP_MPLS = 10;
    static final int SET_MASKED = 11;
    static final int TRUNC = 13;
    static final int CT_CLEAR = 16;
    static final int METER = 19;
    static final int CLONE = 20;
    static final int CHECK_PKT_LEN = 21;
    static final int DEC_TTL = 23;
    static final int DROP = 24;

    static final int KEY_PRIORITY = 2;
    static final int KEY_ETHERNET = 4;
    static final int KEY_IPV4 = 7;
    static final int KEY_IPV6 = 8;
    static final int KEY_TCP = 9;
    static final int KEY_UDP = 10;
    static final int KEY_SKB_MARK = 15;
    static final int KEY_SCTP = 17;
    static final int KEY_MPLS = 21;
    static final int KEY_CT_MARK = 24;
    static final int KEY_CT_LABELS = 25;

    private ActionNumbers() {}
}
