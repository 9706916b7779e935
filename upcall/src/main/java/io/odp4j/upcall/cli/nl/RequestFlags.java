package io.odp4j.upcall.cli.nl;

import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.upcall.cli.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The flags of a request that a person may choose, netlink(7). */
final class RequestFlags {
    private static final Map<String, Integer> BY_NAME =
            new TreeMap<>(
                    Map.of(
                            "create", MessageHeader.CREATE,
                            "excl", MessageHeader.EXCL,
                            "replace", MessageHeader.REPLACE,
                            "append", MessageHeader.APPEND,
                            "echo", MessageHeader.ECHO,
                            "root", MessageHeader.ROOT,
                            "match", MessageHeader.MATCH,
                            "atomic", MessageHeader.ATOMIC,
                            "nonrec", MessageHeader.NONREC,
                            "bulk", MessageHeader.BULK));

    private RequestFlags() {}

    static Iterable<String> names() {
        return BY_NAME.keySet();
    }

    static int parse(List<String> names) {
        int flags = 0;
        for (String name : names) {
            Integer flag = BY_NAME.get(name.toLowerCase(Locale.ROOT));
            if (flag == null) {
                throw new UsageException("no flag " + name + " among " + BY_NAME.keySet());
            }
            flags |= flag;
        }
        return flags;
    }
}
