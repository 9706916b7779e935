package io.odp4j.upcall.port;

import io.odp4j.upcall.tunnel.TunnelSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices that shall be ports, each by what it was asked for with: a name, an alternative name
 * or an index. A device that was found by its index is known by its name from then on: if it comes
 * back, it has another index.
 */
final class WantedPorts {
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> nameOfIndex = new HashMap<>();
    private final LinkBook links;

    /**
     * @param links where devices are looked up; null if the datapath has devices of its own
     */
    WantedPorts(List<String> ports, List<TunnelSpec> tunnels, LinkBook links) {
        words.addAll(ports);
        tunnels.forEach(tunnel -> words.add(tunnel.name()));
        this.links = links;
    }

    /** What was asked for. */
    List<String> words() {
        return words;
    }

    /** The link that a word stands for now; empty if there is none, or links are not known. */
    Optional<LinkBook.Entry> link(String word) {
        if (links == null) {
            return Optional.empty();
        }
        String known = nameOfIndex.getOrDefault(word, word);
        Optional<LinkBook.Entry> found = links.find(known);
        found.filter(entry -> word.equals("" + entry.index()))
                .ifPresent(entry -> nameOfIndex.put(word, entry.name()));
        return found;
    }
}
