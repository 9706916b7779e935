package io.odp4j.upcall.tunnel;

import io.odp4j.datapath.fou.FouPort;
import io.odp4j.datapath.fou.FouPorts;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.rtnetlink.link.GeneveAttributes;
import io.odp4j.datapath.rtnetlink.link.GreAttributes;
import io.odp4j.datapath.rtnetlink.link.Link;
import io.odp4j.datapath.rtnetlink.link.LinkRequest;
import io.odp4j.datapath.rtnetlink.link.Links;
import io.odp4j.datapath.rtnetlink.link.VxlanAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices of tunnels, and the UDP ports of those that stand in FOU or GUE: made where they are
 * missing, and taken away again if they were made here.
 *
 * <p>A device is made by RTM_NEWLINK rather than by a vport of the tunnel's type, which Linux 7.3
 * has no more. Not thread safe.
 */
public final class TunnelDevices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelDevices.class);

    /** Packets that are longer than the way allows are for the IP layer to judge. */
    private static final int MTU = 65_000;

    private static final int GRE_PROTOCOL = 47;
    private static final int GRE_CHECKSUM_AND_KEY = 0xa000;
    private static final int GRE_CHECKSUM = 0x8000;
    private static final int GRE_KEY = 0x2000;

    private final Links links;
    private final Map<String, Integer> made = new LinkedHashMap<>();
    private final List<FouPort> opened = new ArrayList<>();

    /**
     * Kept open: its socket stays in the namespace of the tunnels, whichever thread takes them
     * away.
     */
    private FouPorts ports;

    public TunnelDevices() throws NetlinkException {
        links = Links.open();
    }

    /**
     * Makes the device unless there is one.
     *
     * @throws NetlinkException if it cannot be made: EEXIST also if there is a device of that name
     *     that is of another kind
     */
    public void ensure(TunnelSpec tunnel) throws NetlinkException {
        Link there = links.find(tunnel.name()).orElse(null);
        if (there != null) {
            if (!fits(there, tunnel)) {
                throw new NetlinkException(
                        "tunnel "
                                + tunnel.name()
                                + ": there is another device of that name: making it",
                        Errno.EEXIST.number());
            }
            return;
        }
        if (!tunnel.isExternal()) {
            openPort(tunnel);
        }
        LinkRequest request =
                tunnel.isExternal() ? tunnel.kind().external(tunnel.udpPort()) : wrapped(tunnel);
        links.add(request.name(tunnel.name()).mtu(MTU).up());
        Link link = links.find(tunnel.name()).orElse(null);
        if (link != null) {
            made.put(tunnel.name(), link.index());
            LOG.info("tunnel {}: {} device made", tunnel.name(), tunnel.kind().linkKind());
        }
    }

    private static boolean fits(Link link, TunnelSpec tunnel) {
        AttributeList data = link.data();
        if (!tunnel.kind().linkKind().equals(link.kind()) || data == null) {
            return false;
        }
        if (!tunnel.isExternal()) {
            return data.number(GreAttributes.ENCAP_DPORT, 0) == tunnel.wrapPort();
        }
        return switch (tunnel.kind()) {
            case VXLAN ->
                    data.number(VxlanAttributes.COLLECT_METADATA, 0) == 1
                            && isPort(data, VxlanAttributes.PORT, tunnel);
            case GENEVE ->
                    data.has(GeneveAttributes.COLLECT_METADATA)
                            && isPort(data, GeneveAttributes.PORT, tunnel);
            case GRE, IP6GRE -> data.has(GreAttributes.COLLECT_METADATA);
        };
    }

    private static boolean isPort(AttributeList data, AttributeSpec port, TunnelSpec tunnel) {
        return data.number(port, 0) == tunnel.udpPort();
    }

    /** GRE in UDP takes remote end and key from the device, not from packets. */
    private static LinkRequest wrapped(TunnelSpec tunnel) {
        LinkRequest request = LinkRequest.of(tunnel.kind().linkKind());
        put(request, GreAttributes.REMOTE, tunnel.remote());
        if (tunnel.local() != null) {
            put(request, GreAttributes.LOCAL, tunnel.local());
        }
        int flags = (tunnel.checksum() ? GRE_CHECKSUM : 0) | (tunnel.key() != 0 ? GRE_KEY : 0);
        put(request, GreAttributes.IFLAGS, flags & GRE_CHECKSUM_AND_KEY);
        put(request, GreAttributes.OFLAGS, flags & GRE_CHECKSUM_AND_KEY);
        put(request, GreAttributes.IKEY, tunnel.key());
        put(request, GreAttributes.OKEY, tunnel.key());
        put(request, GreAttributes.TTL, tunnel.ttl());
        put(request, GreAttributes.TOS, tunnel.tos());
        put(request, GreAttributes.PMTUDISC, tunnel.dontFragment() ? 1 : 0);
        if (!tunnel.dontFragment()) {
            put(request, GreAttributes.IGNORE_DF, 1);
        }
        put(request, GreAttributes.ENCAP_TYPE, tunnel.wrap().ordinal());
        put(request, GreAttributes.ENCAP_FLAGS, 0);
        put(request, GreAttributes.ENCAP_SPORT, 0);
        return put(request, GreAttributes.ENCAP_DPORT, tunnel.wrapPort());
    }

    private static LinkRequest put(LinkRequest request, AttributeSpec what, Object value) {
        return request.data(GreAttributes.TABLE, what, value);
    }

    private void openPort(TunnelSpec tunnel) throws NetlinkException {
        FouPort port =
                tunnel.wrap() == TunnelSpec.Wrap.FOU
                        ? FouPort.direct(tunnel.wrapPort(), GRE_PROTOCOL)
                        : FouPort.gue(tunnel.wrapPort());
        if (ports == null) {
            ports = FouPorts.open();
        }
        boolean there =
                ports.list().stream()
                        .anyMatch(
                                p ->
                                        p.port() == port.port()
                                                && p.type() == port.type()
                                                && p.protocol() == port.protocol());
        if (!there) {
            ports.add(port);
            opened.add(port);
        }
    }

    /** Takes away what was made here, whatever of it is still there. */
    public void takeAway() {
        made.forEach(this::delete);
        made.clear();
        for (FouPort port : opened) {
            try {
                ports.delete(port);
            } catch (NetlinkException e) {
                LOG.warn("UDP port {}: {}", port.port(), e.getMessage());
            }
        }
        opened.clear();
    }

    private void delete(String name, int index) {
        try {
            // By index: a device of that name may have been made since by somebody else.
            links.delete(index);
        } catch (NetlinkException e) {
            if (!e.is(Errno.ENODEV)) {
                LOG.warn("tunnel {}: {}", name, e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        links.close();
        if (ports != null) {
            ports.close();
        }
    }
}
