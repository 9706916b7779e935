package io.odp4j.datapath.packet;

import static io.odp4j.datapath.netlink.AttributeReader.be16;
import static io.odp4j.datapath.netlink.AttributeReader.be32;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Checksums of the Internet protocols: RFC 1071 for IP, TCP, UDP and ICMP, with the pseudo-headers
 * of IPv4 and IPv6 (RFC 8200), its update in place (RFC 1624), and SCTP's CRC32c (RFC 9260).
 *
 * <p>Sums are plain one's-complement sums of 16-bit big-endian words, kept in a long so that the
 * carries fold in once, at the end. Buffers are of native byte order, as everywhere.
 */
public final class Checksum {
    private Checksum() {}

    /** The sum of a run of bytes; an odd last byte counts as if a zero followed it. */
    public static long sum(ByteBuffer buffer, int offset, int length) {
        long sum = 0;
        int at = offset;
        int left = length;
        for (; left >= 4; left -= 4, at += 4) {
            sum += be32(buffer, at) & 0xffff_ffffL;
        }
        if (left >= 2) {
            sum += be16(buffer, at);
            at += 2;
            left -= 2;
        }
        return left == 0 ? sum : sum + ((buffer.get(at) & 0xffL) << 8);
    }

    /** The sum of the pseudo-header for {@code length} bytes of a protocol over IPv4. */
    public static long pseudoIpv4(ByteBuffer buffer, int header, int proto, int length) {
        return sum(buffer, header + 12, 8) + proto + length;
    }

    /** The sum of the pseudo-header for {@code length} bytes of a protocol over IPv6. */
    public static long pseudoIpv6(ByteBuffer buffer, int header, int proto, int length) {
        return sum(buffer, header + 8, 32) + proto + length;
    }

    /** The checksum that a sum stands for: its complement, in 16 bits. */
    public static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffff_ffffL);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return (int) ~folded & 0xffff;
    }

    /**
     * The checksum after 16 bits of what it covers have changed from {@code before} to {@code
     * after}.
     */
    public static int update(int checksum, int before, int after) {
        return fold((~checksum & 0xffffL) + (~before & 0xffffL) + (after & 0xffffL));
    }

    /** The same for 32 bits. */
    public static int update32(int checksum, int before, int after) {
        return update(
                update(checksum, before >>> 16, after >>> 16), before & 0xffff, after & 0xffff);
    }

    /** The CRC32c of an SCTP packet whose checksum field is zero, as it is written there. */
    public static int sctp(ByteBuffer buffer, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(offset, length));
        return Integer.reverseBytes((int) crc.getValue());
    }
}
