package io.odp4j.upcall.cli;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.FamilyNotFoundException;
import io.odp4j.datapath.netlink.NetlinkException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** An error's message with what a person can do about it. */
public final class Advice {
    private Advice() {}

    public static String of(Exception e) {
        if (e instanceof FamilyNotFoundException) {
            return e.getMessage()
                    + " Try: modprobe openvswitch, or see it at work in a kernel of its own: odp4j demo";
        }
        if (e instanceof NetlinkException n && (n.is(Errno.EPERM) || n.is(Errno.EACCES))) {
            return e.getMessage() + ": run it as root, or with CAP_NET_ADMIN";
        }
        // These have the file's name alone for a message.
        if (e instanceof NoSuchFileException f && f.getReason() == null) {
            return f.getFile() + ": no such file or folder";
        }
        if (e instanceof AccessDeniedException f && f.getReason() == null) {
            return f.getFile() + ": permission denied";
        }
        return e.getMessage();
    }
}
