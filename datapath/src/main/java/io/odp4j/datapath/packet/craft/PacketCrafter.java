package io.odp4j.datapath.packet.craft;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.text.FlowParser;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes packets from text: headers as functions of their fields, with commas between them.
 *
 * <pre>{@code
 * in_port(vm1),eth(dst=02:00:00:00:00:02),vlan(vid=5),ipv4(dst=10.0.0.2,ttl=3),udp(dst=53),payload("x")
 * ipv6(dst=fe80::2),tcp(dst=80,flags=syn)
 * udp(dst=4789),vxlan(vni=7),eth(),ipv4(),icmp()
 * }</pre>
 *
 * Headers and fields are called as in a flow's key; {@link #headers()} lists them. A header that
 * must be there for another one to be is put before it: Ethernet, IPv4, for VXLAN and Geneve UDP.
 * {@code in_port}, {@code skb_mark}, {@code tunnel} and their like become metadata.
 */
public final class PacketCrafter {
    /** A frame that a datapath takes: a netlink attribute's payload and a key beside it. */
    static final int LONGEST = 65_000;

    private PacketCrafter() {}

    /**
     * Makes one.
     *
     * @param ports names that in_port may be given by
     * @throws FlowSyntaxException if the text cannot be read: with the place and what could stand
     *     there
     */
    public static CraftedPacket craft(String text, PortNames ports) {
        HeaderReader read = new HeaderReader(text).read();
        AttributeList metadata = metadata(read.metadata(), text, ports);
        return new CraftedPacket(new LayerWriter(read.headers()).frame(), metadata);
    }

    private static AttributeList metadata(String metadata, String text, PortNames ports) {
        if (metadata.isBlank()) {
            return new AttributeList(KeyAttributes.TABLE);
        }
        try {
            AttributeList attributes = new FlowParser(ports).parse(metadata).key();
            CraftedPacket.metadataKey(attributes);
            return attributes;
        } catch (FlowSyntaxException e) {
            throw new FlowSyntaxException(text, e.offset(), e.expected());
        } catch (NetlinkFormatException e) {
            throw new FlowSyntaxException(
                    text, 0, "metadata that a packet can have (" + e.getMessage() + ")");
        }
    }

    /** The headers that a packet can have, each with its fields. */
    public static SortedMap<String, String> headers() {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("eth", "src=,dst=");
        headers.put("eth_type", "0x0800");
        headers.put("vlan", "vid=,pcp=,dei=,tpid=");
        headers.put("mpls", "label=,tc=,bos=,ttl=");
        headers.put("nsh", "flags=,ttl=,np=,spi=,si=,c1=,c2=,c3=,c4=");
        headers.put("arp", "op=,sip=,tip=,sha=,tha=");
        headers.put("rarp", "op=,sip=,tip=,sha=,tha=");
        headers.put("ipv4", "src=,dst=,proto=,tos=,ttl=,frag=,offset=");
        headers.put("ipv6", "src=,dst=,label=,proto=,tclass=,hlimit=,frag=,offset=");
        headers.put("tcp", "src=,dst=,flags=,seq=,ack=,window=");
        headers.put("udp", "src=,dst=");
        headers.put("sctp", "src=,dst=");
        headers.put("icmp", "type=,code=,id=,seq=");
        headers.put("icmpv6", "type=,code=,id=,seq=");
        headers.put("nd", "type=,target=,sll=,tll=");
        headers.put("vxlan", "vni=");
        headers.put("geneve", "vni=");
        headers.put("gre", "key=");
        headers.put("payload", "\"text\" | 0x… | length=");
        return headers;
    }
}
