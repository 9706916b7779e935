package io.odp4j.datapath.netlink.peer;

import io.odp4j.datapath.netlink.MessageReader;

/** Answers the requests that a {@link PeerServer} takes. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Answers one request. What follows is the server's: the end of an answer in parts, and an
     * acknowledgement if one is asked for.
     *
     * @param request stands on the request; its attributes are as the peer sent them, unchecked
     * @throws RefusedException to answer with an error
     * @throws io.odp4j.datapath.netlink.NetlinkFormatException if the request breaks off or claims
     *     more than there is: answered with EINVAL, the sentence and the offset
     */
    void handle(MessageReader request, Answer answer) throws RefusedException;
}
