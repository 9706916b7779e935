package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** Commands that make, delete and tune a datapath. */
final class DatapathCommands {
    private DatapathCommands() {}

    /** {@code add-dp}. */
    @Command(
            name = "add-dp",
            customSynopsis = "odp4j dpctl add-dp dp [iface...]",
            description = {
                "Adds a datapath, with ports as add-if takes them.",
                "It hands no upcall to anybody until somebody asks for them."
            })
    static final class Add extends KernelTask {
        @Override
        boolean changes() {
            return true;
        }

        @Override
        void check() {
            requireWords(1, Integer.MAX_VALUE);
        }

        @Override
        int run(Session session, Output out) throws Exception {
            int features = DatapathAttributes.F_UNALIGNED | DatapathAttributes.F_VPORT_PIDS;
            Datapath datapath = session.datapaths().create(Session.name(words.get(0)), 0, features);
            if (options.json) {
                print(datapath, out);
            }
            return PortCommands.forEach(
                    this,
                    words.subList(1, words.size()),
                    word ->
                            PortCommands.add(
                                    session, datapath, PortOptions.parse(word), out, options.json));
        }
    }

    /** {@code del-dp}. */
    @Command(
            name = "del-dp",
            customSynopsis = "odp4j dpctl del-dp dp",
            description = "Deletes a datapath with its ports and flows.")
    static final class Delete extends KernelTask {
        @Override
        boolean changes() {
            return true;
        }

        @Override
        void check() {
            requireWords(1, 1);
        }

        @Override
        int run(Session session, Output out) throws Exception {
            session.datapaths().delete(session.datapath(words.get(0)));
            return 0;
        }
    }

    /** {@code cache-get-size}. */
    @Command(
            name = "cache-get-size",
            customSynopsis = "odp4j dpctl cache-get-size [dp]",
            description = "Shows the sizes of a datapath's caches, or of all datapaths'.")
    static final class CacheGetSize extends KernelTask {
        @Override
        void check() {
            requireWords(0, 1);
        }

        @Override
        int run(Session session, Output out) throws Exception {
            List<Datapath> datapaths =
                    words.isEmpty()
                            ? session.datapaths().list()
                            : List.of(session.datapath(words.get(0)));
            for (Datapath datapath : datapaths) {
                if (options.json) {
                    print(datapath, out);
                } else {
                    out.line(session.type() + datapath.name() + ":");
                    ShowCommand.cache(datapath, "  ", out);
                }
            }
            return 0;
        }
    }

    /** {@code cache-set-size}. */
    @Command(
            name = "cache-set-size",
            customSynopsis = "odp4j dpctl cache-set-size dp cache <size>",
            description = "Sets the size of a cache; the kernel has one, masks-cache.")
    static final class CacheSetSize extends KernelTask {
        private static final String CACHE = "masks-cache";

        @Override
        boolean changes() {
            return true;
        }

        @Override
        void check() {
            requireWords(3, 3);
        }

        @Override
        int run(Session session, Output out) throws Exception {
            if (!words.get(1).equals(CACHE)) {
                throw new DpctlException("there is no cache " + words.get(1) + ", only " + CACHE);
            }
            Datapath datapath = session.datapath(words.get(0));
            session.datapaths().setMasksCacheSize(datapath, size(words.get(2)));
            // The kernel's answer still tells the former size.
            Datapath after = session.datapaths().get(datapath.name());
            if (options.json) {
                print(after, out);
            } else {
                out.line("Setting cache size successful, new size " + size(after));
            }
            return 0;
        }

        private static long size(Datapath datapath) {
            return datapath.attributes().number(DatapathAttributes.MASKS_CACHE_SIZE, 0);
        }

        private static int size(String word) throws DpctlException {
            try {
                int entries = Integer.parseInt(word);
                if (entries >= 0 && entries <= 1 << 30) {
                    // The kernel takes powers of two alone.
                    return entries <= 1 ? entries : Integer.highestOneBit(entries - 1) << 1;
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new DpctlException("the size " + word + " is no number of entries");
        }
    }

    /** Prints a datapath as a JSON object. */
    static void print(Datapath datapath, Output out) throws IOException {
        out.object(
                json -> {
                    json.writeNumberField("ifindex", datapath.ifindex());
                    AttributeJson.writeFields(datapath.attributes(), json);
                });
    }
}
