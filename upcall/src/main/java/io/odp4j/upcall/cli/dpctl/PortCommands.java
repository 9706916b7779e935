package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** Commands that attach, look at and detach ports. */
final class PortCommands {
    /** What is done for each of a command's words. */
    @FunctionalInterface
    interface Step {
        void run(String word) throws DpctlException, IOException;
    }

    private PortCommands() {}

    /** Goes through all words, whatever fails on the way; 1 if something did. */
    static int forEach(Task task, List<String> words, Step step) throws IOException {
        int status = 0;
        for (String word : words) {
            try {
                step.run(word);
            } catch (NetlinkException | DpctlException e) {
                task.error(e.getMessage());
                status = 1;
            }
        }
        return status;
    }

    static void add(
            Session session, Datapath datapath, PortOptions port, Output out, boolean asJson)
            throws DpctlException, IOException {
        Vport added;
        try {
            added =
                    session.vports()
                            .add(
                                    datapath.ifindex(),
                                    port.name(),
                                    port.number(),
                                    port.vportType(),
                                    new int[] {0},
                                    port.tunnelOptions());
        } catch (NetlinkException e) {
            String device = e.is(Errno.EAFNOSUPPORT) ? port.tunnelDevice() : null;
            if (device == null) {
                throw e;
            }
            throw new DpctlException(
                    String.format(
                            "%s: this kernel has no ports of type %s; make the device and attach"
                                    + " that: %s && ip link set %s up && odp4j dpctl add-if %s %s",
                            e.getMessage(),
                            port.type(),
                            device,
                            port.name(),
                            datapath.name(),
                            port.name()));
        }
        if (asJson) {
            out.object(json -> AttributeJson.writeFields(added.attributes(), json));
        }
    }

    /** The port of that name in that datapath. */
    static Vport find(Session session, Datapath datapath, String name)
            throws IOException, DpctlException {
        return session.vports()
                .find(name)
                .filter(vport -> vport.dpIfindex() == datapath.ifindex())
                .orElseThrow(
                        () -> new DpctlException(datapath.name() + " has no port named " + name));
    }

    private abstract static class PortTask extends KernelTask {
        @Override
        boolean changes() {
            return true;
        }

        @Override
        void check() {
            requireWords(2, Integer.MAX_VALUE);
        }

        @Override
        int run(Session session, Output out) throws Exception {
            Datapath datapath = session.datapath(words.get(0));
            return forEach(
                    this,
                    words.subList(1, words.size()),
                    word -> run(session, datapath, word, out));
        }

        abstract void run(Session session, Datapath datapath, String word, Output out)
                throws DpctlException, IOException;
    }

    /** {@code add-if}. */
    @Command(
            name = "add-if",
            customSynopsis = "odp4j dpctl add-if dp iface...",
            description = {
                "Attaches each IFACE: NAME[,type=TYPE][,port_no=N][,dst_port=PORT].",
                "TYPE is system (a device that there is), internal (a new one), or vxlan, geneve,"
                        + " gre on kernels before 7.3."
            })
    static final class Add extends PortTask {
        @Override
        void run(Session session, Datapath datapath, String word, Output out)
                throws DpctlException, IOException {
            add(session, datapath, PortOptions.parse(word), out, options.json);
        }
    }

    /** {@code set-if}. */
    @Command(
            name = "set-if",
            customSynopsis = "odp4j dpctl set-if dp iface...",
            description = {
                "Checks that each IFACE is the port that its options say.",
                "The kernel has no setting of a port that could be changed: type and port_no"
                        + " must be those that it has."
            })
    static final class Set extends PortTask {
        @Override
        void run(Session session, Datapath datapath, String word, Output out)
                throws DpctlException, IOException {
            PortOptions wanted = PortOptions.parse(word);
            Vport port = find(session, datapath, wanted.name());
            if (wanted.number() != Vports.ANY_NUMBER && wanted.number() != port.number()) {
                throw new DpctlException(
                        String.format(
                                "%s: can't change port number from %d to %d",
                                port.name(), port.number(), wanted.number()));
            }
            String type = PortKind.of(port).type();
            if (wanted.type() != null && !wanted.type().equals(type)) {
                throw new DpctlException(
                        String.format(
                                "%s: can't change type from %s to %s",
                                port.name(), type, wanted.type()));
            }
            if (!wanted.others().isEmpty()) {
                error(port.name() + ": has no options in the kernel: " + wanted.others());
            }
        }
    }

    /** {@code del-if}. */
    @Command(
            name = "del-if",
            customSynopsis = "odp4j dpctl del-if dp iface...",
            description = "Detaches each IFACE, given by name or number.")
    static final class Delete extends PortTask {
        @Override
        void run(Session session, Datapath datapath, String word, Output out)
                throws DpctlException, IOException {
            session.vports().delete(port(session, datapath, word));
        }

        private static Vport port(Session session, Datapath datapath, String word)
                throws IOException, DpctlException {
            if (!word.matches("[0-9]{1,9}")) {
                return find(session, datapath, word);
            }
            int number = Integer.parseInt(word);
            for (Vport vport : session.vports().list(datapath.ifindex())) {
                if (vport.number() == number) {
                    return vport;
                }
            }
            throw new NetlinkException(
                    "vport del " + word + " of " + datapath.name(), Errno.ENODEV.number());
        }
    }
}
