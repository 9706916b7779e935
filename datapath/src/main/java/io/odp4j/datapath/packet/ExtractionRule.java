package io.odp4j.datapath.packet;

/**
 * Where kernels differ in how they read a packet: what newer ones do and Linux 6.1 did not. Stable
 * releases may have any of them earlier, so that the version alone does not say; a frame sent
 * through OVS_PACKET_CMD_EXECUTE does.
 */
public enum ExtractionRule {
    /**
     * An IPv6 fragment header before an authentication header is in order, and a repeated
     * authentication header is out of order. Before, it was the other way round in both cases.
     */
    IPV6_FRAGMENT_BEFORE_AUTH,

    /**
     * An IPv6 extension header that the frame does not hold in full ends the search: the protocol
     * is then 59, no next header. Before, its first two (routing header: four) bytes were enough.
     */
    IPV6_WHOLE_HEADERS,

    /**
     * The search also ends so at the thirteenth IPv6 extension header. Before, there was no limit.
     */
    IPV6_TWELVE_HEADERS
}
