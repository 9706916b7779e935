package io.odp4j.datapath.netlink;

/** The peer has no generic-netlink family of that name; most often its module is not loaded. */
public final class FamilyNotFoundException extends NetlinkException {
    private static final long serialVersionUID = 1;

    private final String family;
    private final String text;

    FamilyNotFoundException(String family, NetlinkEndpoint peer) {
        super("looking up family " + family, Errno.ENOENT.number());
        this.family = family;
        this.text =
                (peer.isKernel() ? "the kernel" : peer.toString())
                        + " has no family "
                        + family
                        + (peer.isKernel() ? ": is " + module(family) + " loaded?" : "");
    }

    public String family() {
        return family;
    }

    @Override
    public String getMessage() {
        return text;
    }

    private static String module(String family) {
        return family.startsWith("ovs_") ? "openvswitch.ko" : family + ".ko";
    }
}
