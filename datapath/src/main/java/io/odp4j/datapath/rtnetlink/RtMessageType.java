package io.odp4j.datapath.rtnetlink;

/** Message types of rtnetlink, {@code RTM_*} of {@code linux/rtnetlink.h}. */
public final class RtMessageType {
    public static final int NEWLINK = 16;
    public static final int DELLINK = 17;
    public static final int GETLINK = 18;
    public static final int SETLINK = 19;
    public static final int NEWADDR = 20;
    public static final int DELADDR = 21;
    public static final int GETADDR = 22;
    public static final int NEWROUTE = 24;
    public static final int DELROUTE = 25;
    public static final int GETROUTE = 26;
    public static final int NEWNEIGH = 28;
    public static final int DELNEIGH = 29;
    public static final int GETNEIGH = 30;
    public static final int NEWRULE = 32;
    public static final int DELRULE = 33;
    public static final int GETRULE = 34;
    public static final int NEWPREFIX = 52;
    public static final int NEWMULTICAST = 56;
    public static final int DELMULTICAST = 57;
    public static final int GETMULTICAST = 58;
    public static final int NEWANYCAST = 60;
    public static final int DELANYCAST = 61;
    public static final int GETANYCAST = 62;
    public static final int NEWNEIGHTBL = 64;
    public static final int GETNEIGHTBL = 66;
    public static final int SETNEIGHTBL = 67;
    public static final int NEWADDRLABEL = 72;
    public static final int DELADDRLABEL = 73;
    public static final int GETADDRLABEL = 74;
    public static final int NEWNETCONF = 80;
    public static final int DELNETCONF = 81;
    public static final int GETNETCONF = 82;
    public static final int NEWNSID = 88;
    public static final int DELNSID = 89;
    public static final int GETNSID = 90;
    public static final int NEWNEXTHOP = 104;
    public static final int DELNEXTHOP = 105;
    public static final int GETNEXTHOP = 106;
    public static final int NEWLINKPROP = 108;
    public static final int DELLINKPROP = 109;
    public static final int NEWNEXTHOPBUCKET = 116;
    public static final int DELNEXTHOPBUCKET = 117;
    public static final int GETNEXTHOPBUCKET = 118;

    private RtMessageType() {}
}
