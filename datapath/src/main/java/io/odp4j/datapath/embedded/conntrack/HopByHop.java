package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.Errno;
import java.nio.ByteBuffer;

/**
 * The length of an IPv6 packet that begins with a hop-by-hop header, which may say that it is a
 * jumbogram (RFC 2675): {@code nf_ip6_check_hbh_len}.
 */
final class HopByHop {
    private static final int PAD1 = 0;
    private static final int JUMBO = 0xc2;
    private static final int LONGEST_PAYLOAD = 0xffff;

    private HopByHop() {}

    /** The bytes after the IPv6 header, or the number of an error as a negative one. */
    static int payload(ByteBuffer b, int network, int end) {
        int start = network + IpPacket.IPV6_HEADER;
        if (end - start < 8 || end - start < length(b, start)) {
            return -Errno.ENOMEM.number();
        }
        int said = AttributeReader.be16(b, network + 4);
        int payload = said;
        int at = start + 2;
        int left = length(b, start) - 2;
        while (left > 0) {
            int option = b.get(at) & 0xff;
            if (option == PAD1) {
                at++;
                left--;
                continue;
            }
            int size = left < 2 ? Integer.MAX_VALUE : (b.get(at + 1) & 0xff) + 2;
            if (size > left) {
                return -Errno.EBADMSG.number();
            }
            if (option == JUMBO) {
                boolean aligned = size == 6 && (at - network & 3) == 2;
                payload = aligned ? AttributeReader.be32(b, at + 2) : 0;
                // As an unsigned number it may be longer than any packet.
                boolean fits = payload > LONGEST_PAYLOAD && payload <= end - start;
                if (said != 0 || !fits) {
                    return -Errno.EBADMSG.number();
                }
            }
            at += size;
            left -= size;
        }
        return payload;
    }

    private static int length(ByteBuffer b, int header) {
        return ((b.get(header + 1) & 0xff) + 1) * 8;
    }
}
