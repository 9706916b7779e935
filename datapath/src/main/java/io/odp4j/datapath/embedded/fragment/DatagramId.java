package io.odp4j.datapath.embedded.fragment;

/**
 * What the fragments of one packet have in common.
 *
 * @param proto the protocol of IPv4's header; 0 for IPv6, where it does not count
 * @param ifindex the interface that they come in at, if the destination is link-local or multicast
 *     IPv6; otherwise 0
 */
record DatagramId(
        long srcHigh,
        long srcLow,
        long dstHigh,
        long dstLow,
        int id,
        int proto,
        int zone,
        int ifindex) {}
