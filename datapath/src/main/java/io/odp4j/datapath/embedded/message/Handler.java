package io.odp4j.datapath.embedded.message;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;

/** Answers the requests of one family; the acknowledgement is the server's. */
public interface Handler {
    /** Does what is asked, and sends the object that is asked for. */
    void handle(Request request) throws Refusal;

    /** What the attributes of a command's requests must be; null if nothing is said of them. */
    default Policy policy(int command) {
        return null;
    }

    /**
     * Begins a dump.
     *
     * @throws Refusal if there can be none; the error then comes within the dump's end
     */
    default Dump<?> dump(Request request) throws Refusal {
        throw new Refusal(Errno.EOPNOTSUPP);
    }

    /** Starts a message of an Open vSwitch family. */
    static MessageWriter begin(
            MessageWriter w,
            Family family,
            int flags,
            int sequence,
            int portId,
            int command,
            int dpIfindex) {
        w.beginGeneric(family.id, flags, sequence, command, family.version);
        w.setPortId(portId);
        return w.putRawU32(dpIfindex);
    }

    /** Sends the object written to the group, and to the requester if it asked for it. */
    static void notify(Wire wire, Request request) {
        boolean echo = request.hasFlag(MessageHeader.ECHO);
        wire.sendToGroup(request.family().group, echo ? request.sender() : 0);
        if (echo) {
            wire.send(request.sender());
        }
    }

    /** Whether anybody wants to hear of what a request does. */
    static boolean mustNotify(Wire wire, Request request) {
        return request.hasFlag(MessageHeader.ECHO) || wire.hasMembers(request.family().group);
    }
}
