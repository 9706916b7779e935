package io.odp4j.flowcache.policy;

import io.odp4j.flowcache.rule.field.OpenFlowPort;
import java.util.List;

/** The ports of the switch, and how OpenFlow and the datapath number them. */
public interface SwitchPorts {
    /** OpenFlow numbers of all ports but LOCAL, ascending: where ALL and FLOOD go, and LOCAL. */
    List<Integer> all();

    boolean exists(int openFlowPort);

    /** The datapath's number; OpenFlow's but for LOCAL, which is 0. */
    default int toDatapath(int openFlowPort) {
        return openFlowPort == OpenFlowPort.LOCAL ? 0 : openFlowPort;
    }

    default int toOpenFlow(int datapathPort) {
        return datapathPort == 0 ? OpenFlowPort.LOCAL : datapathPort;
    }

    /** Just these ports, LOCAL among them if it is to be flooded to. */
    static SwitchPorts of(List<Integer> ports) {
        List<Integer> copy = List.copyOf(ports);
        return new SwitchPorts() {
            @Override
            public List<Integer> all() {
                return copy;
            }

            @Override
            public boolean exists(int port) {
                return copy.contains(port);
            }
        };
    }
}
