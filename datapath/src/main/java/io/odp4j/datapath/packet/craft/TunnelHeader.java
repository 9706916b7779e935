package io.odp4j.datapath.packet.craft;

import io.odp4j.datapath.flow.Protocol;
import java.nio.ByteBuffer;
import java.util.List;

/** The header of VXLAN (RFC 7348), Geneve (RFC 8926) or GRE (RFC 2890), without options. */
final class TunnelHeader {
    static final int VXLAN_PORT = 4789;
    static final int GENEVE_PORT = 6081;

    private static final int BRIDGED_ETHERNET = 0x6558;
    private static final int VNI_IS_VALID = 0x0800_0000;
    private static final int GRE_KEY = 0x2000;

    private TunnelHeader() {}

    /**
     * Its bytes.
     *
     * @param network whether the packet inside begins with its IP header
     */
    static byte[] of(PacketHeader header, List<PacketHeader> inner, boolean network) {
        ByteBuffer bytes = ByteBuffer.allocate(8);
        switch (header.name()) {
            case "vxlan" -> bytes.putInt(VNI_IS_VALID).putInt(header.number("vni", 24, 0) << 8);
            case "geneve" ->
                    bytes.putInt(BRIDGED_ETHERNET).putInt(header.number("vni", 24, 0) << 8);
            default -> {
                boolean key = header.has("key");
                int ip = network && inner.get(0).is("ipv6") ? Protocol.ETH_IPV6 : Protocol.ETH_IPV4;
                bytes.putShort((short) (key ? GRE_KEY : 0));
                bytes.putShort((short) (network ? ip : BRIDGED_ETHERNET));
                if (key) {
                    bytes.putInt(header.number("key", 32, 0));
                }
            }
        }
        byte[] all = new byte[bytes.position()];
        bytes.get(0, all);
        return all;
    }
}
