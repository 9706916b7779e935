package io.odp4j.datapath.flow;

/**
 * The text of an Ethernet address as a {@link FlowKey} holds it: 48 bits, the first octet on top.
 */
public final class EthernetAddress {
    private EthernetAddress() {}

    /** Six octets in small hexadecimal digits: {@code 02:00:00:00:00:01}. */
    public static String format(long address) {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(Character.forDigit((int) (address >> shift + 4) & 15, 16));
            text.append(Character.forDigit((int) (address >> shift) & 15, 16));
            text.append(shift > 0 ? ":" : "");
        }
        return text.toString();
    }
}
