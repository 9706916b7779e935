package io.odp4j.upcall.port;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.reader.UpcallReader;
import io.odp4j.upcall.reader.UpcallSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A shard's sockets. Every vport has one of its own while there are few; from then on ports share
 * the one with the fewest, so that thousands of ports take few descriptors.
 */
final class SocketPool {
    private static final int NAMED = 3;

    private record Shared(UpcallSource source, Set<String> ports) {}

    private final NetlinkEndpoint peer;
    private final AgentConfig.Sockets config;
    private final UpcallReader reader;
    private final UpcallSource own;
    private final List<Shared> shared = new ArrayList<>();
    private final List<Integer> freeTokens = new ArrayList<>();
    private int nextToken;

    SocketPool(NetlinkEndpoint peer, AgentConfig.Sockets config, UpcallReader reader, int shard)
            throws NetlinkException {
        this.peer = peer;
        this.config = config;
        this.reader = reader;
        this.own = open("shard " + shard);
    }

    /** The shard's own socket: for what belongs to no port. */
    UpcallSource own() {
        return own;
    }

    /** Opens a socket that lasts as long as the shard. */
    UpcallSource open(String name) throws NetlinkException {
        int token = freeTokens.isEmpty() ? nextToken++ : freeTokens.remove(freeTokens.size() - 1);
        UpcallSource source = UpcallSource.open(peer, token, name, config.receiveBuffer());
        reader.add(source);
        return source;
    }

    /** The socket for a port. */
    UpcallSource acquire(String port) throws NetlinkException {
        Shared place;
        if (shared.size() < config.most()) {
            place = new Shared(open("port " + port), new TreeSet<>());
            shared.add(place);
        } else {
            place = shared.stream().min(Comparator.comparingInt(s -> s.ports().size())).get();
        }
        place.ports().add(port);
        name(place);
        return place.source();
    }

    /** Takes a port off its socket, and closes that if it was the last. */
    void release(UpcallSource source, String port) {
        for (Shared place : shared) {
            if (place.source() == source) {
                place.ports().remove(port);
                if (place.ports().isEmpty()) {
                    shared.remove(place);
                    reader.retire(source);
                    freeTokens.add(source.token());
                } else {
                    name(place);
                }
                return;
            }
        }
    }

    private static void name(Shared place) {
        List<String> names = place.ports().stream().limit(NAMED).toList();
        int more = place.ports().size() - names.size();
        place.source()
                .rename(
                        (place.ports().size() == 1 ? "port " : "ports ")
                                + String.join(", ", names)
                                + (more > 0 ? " and " + more + " more" : ""));
    }
}
