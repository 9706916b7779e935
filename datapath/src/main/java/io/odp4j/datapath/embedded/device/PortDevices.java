package io.odp4j.datapath.embedded.device;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.embedded.endpoint.RunDirectory;
import io.odp4j.datapath.embedded.port.DeviceLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The devices of an embedded datapath that were named as text: opened, plugged in, started, and
 * taken away again.
 */
public final class PortDevices implements AutoCloseable {
    private final DevicePoller poller;
    private final List<PortDevice> devices = new ArrayList<>();
    private final List<DeviceLink> links = new ArrayList<>();

    private PortDevices() throws IOException {
        poller = new DevicePoller();
    }

    /**
     * Opens every device, or none.
     *
     * @throws IllegalArgumentException if a text is wrong, or a name is there twice
     * @throws IOException if a device cannot be opened; a tap device or a packet socket needs
     *     CAP_NET_ADMIN and CAP_NET_RAW
     */
    public static PortDevices open(EmbeddedDatapath datapath, List<String> texts)
            throws IOException {
        List<PortSpec> specs = parse(texts);
        PortDevices all = new PortDevices();
        try {
            for (PortSpec spec : specs) {
                PortDevice device = all.open(spec);
                all.devices.add(device);
                DeviceLink link = datapath.plug(device);
                all.links.add(link);
                device.start(link);
            }
            all.poller.start();
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /**
     * Reads the texts.
     *
     * @throws IllegalArgumentException if one is wrong, or a name is there twice
     */
    public static List<PortSpec> parse(List<String> texts) {
        List<PortSpec> specs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String text : texts) {
            PortSpec spec = PortSpec.parse(text, specs.size());
            if (!names.add(spec.name())) {
                throw new IllegalArgumentException("two ports are named " + spec.name());
            }
            specs.add(spec);
        }
        return specs;
    }

    private PortDevice open(PortSpec spec) throws IOException {
        return switch (spec.kind()) {
            case TAP -> TapDevice.open(spec.name(), spec.word(), poller);
            case PACKET -> PacketDevice.open(spec.name(), spec.word(), poller);
            case PIPE -> PipeDevice.open(spec.name(), spec.word(), RunDirectory.make(), poller);
            case PCAP -> PcapDevice.open(spec);
            case GEN -> new GeneratorDevice(spec);
            case SINK -> new SinkDevice(spec.name());
        };
    }

    /** The devices' names, in the order of their texts. */
    public List<String> names() {
        return devices.stream().map(PortDevice::name).toList();
    }

    @Override
    public void close() {
        // First nothing comes in any more, then the ports go.
        poller.stop();
        devices.forEach(PortDevice::close);
        links.forEach(DeviceLink::close);
        poller.close();
    }
}
