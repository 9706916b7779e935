package io.odp4j.datapath.flow.text;

/**
 * The fields within a key attribute's parentheses: {@code name=value/mask,}. A field whose mask is
 * zero is left out unless all is asked for; a mask of ones is not written.
 */
final class FieldFormatter {
    private StringBuilder out;
    private boolean verbose;

    void begin(StringBuilder text, boolean allFields) {
        out = text;
        verbose = allFields;
    }

    /** A decimal number of up to 32 bits. */
    void decimal(String name, int key, int mask, int full) {
        if (verbose || mask != 0) {
            out.append(name).append('=').append(key & 0xffffffffL);
            maskAndComma(mask, full);
        }
    }

    /** A hexadecimal number of up to 32 bits. */
    void hex(String name, int key, int mask, int full) {
        if (verbose || mask != 0) {
            out.append(name).append('=');
            Digits.alternateHex(out, key & 0xffffffffL);
            maskAndComma(mask, full);
        }
    }

    private void maskAndComma(int mask, int full) {
        if ((mask & full) != full) {
            out.append('/');
            Digits.alternateHex(out, mask & 0xffffffffL);
        }
        out.append(',');
    }

    /** A decimal byte at an offset of the payload. */
    void u8(String name, AttributeView key, AttributeView mask, int at) {
        decimal(name, key.u8(at), mask.u8(at), 0xff);
    }

    /** A hexadecimal byte. */
    void u8x(String name, AttributeView key, AttributeView mask, int at) {
        hex(name, key.u8(at), mask.u8(at), 0xff);
    }

    void be16(String name, AttributeView key, AttributeView mask, int at) {
        decimal(name, key.be16(at), mask.be16(at), 0xffff);
    }

    void ethernet(String name, AttributeView key, AttributeView mask, int at) {
        if (verbose || !mask.all(0, at, 6)) {
            out.append(name).append('=');
            Digits.ethernet(out, key.buffer(), key.offset() + at);
            if (!mask.all(-1, at, 6)) {
                out.append('/');
                Digits.ethernet(out, mask.buffer(), mask.offset() + at);
            }
            out.append(',');
        }
    }

    void ipv4(String name, AttributeView key, AttributeView mask, int at) {
        int bits = mask.u32(at);
        if (verbose || bits != 0) {
            out.append(name).append('=');
            Digits.ipv4(out, key.buffer(), key.offset() + at);
            if (bits != -1) {
                out.append('/');
                Digits.ipv4(out, mask.buffer(), mask.offset() + at);
            }
            out.append(',');
        }
    }

    void ipv6(String name, AttributeView key, AttributeView mask, int at) {
        long high = mask.be64(at);
        long low = mask.be64(at + 8);
        if (verbose || (high | low) != 0) {
            out.append(name).append('=');
            Digits.ipv6(out, key.buffer(), key.offset() + at);
            if ((high & low) != -1) {
                out.append('/');
                Digits.ipv6(out, mask.buffer(), mask.offset() + at);
            }
            out.append(',');
        }
    }

    void frag(AttributeView key, AttributeView mask, int at) {
        int bits = mask.u8(at);
        if (bits == 0xff) {
            out.append("frag=").append(fragName(key.u8(at))).append(',');
        } else if (bits != 0) {
            // An enumeration: part of its bits say nothing.
            out.append("error: partial mask not supported for frag (");
            Digits.alternateHex(out, bits);
            out.append("),");
        }
    }

    private static String fragName(int frag) {
        return switch (frag) {
            case 0 -> "no";
            case 1 -> "first";
            case 2 -> "later";
            default -> "<error>";
        };
    }

    /** A VLAN tag. Its CFI bit says that there is a tag, and is written when it is missing. */
    void vlan(int tci, int mask) {
        int vidMask = mask & 0xfff;
        int pcpMask = mask >>> 13;
        if (verbose || (tci & 0xfff) != 0 || vidMask != 0) {
            out.append("vid=").append(tci & 0xfff);
            slashHex(vidMask, 0xfff);
            out.append(',');
        }
        if (verbose || tci >>> 13 != 0 || pcpMask != 0) {
            out.append("pcp=").append(tci >>> 13);
            slashHex(pcpMask, 7);
            out.append(',');
        }
        if ((tci & 0x1000) == 0) {
            out.append("cfi=0,");
        }
        chomp();
    }

    private void slashHex(int mask, int full) {
        if (mask != full) {
            out.append("/0x");
            Digits.hex(out, mask);
        }
    }

    /** A 128-bit number in host byte order. */
    void u128(AttributeView key, AttributeView mask, boolean masked) {
        if (verbose || masked && !mask.all(0, 0, 16)) {
            Digits.hostNumber(out, key.buffer(), key.offset(), 16);
            if (masked && !mask.all(-1, 0, 16)) {
                out.append('/');
                Digits.hostNumber(out, mask.buffer(), mask.offset(), 16);
            }
        }
    }

    /** Takes the comma after the last field away. */
    void chomp() {
        int last = out.length() - 1;
        if (last >= 0 && out.charAt(last) == ',') {
            out.setLength(last);
        }
    }
}
