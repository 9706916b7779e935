package io.odp4j.upcall.cli.agent;

import io.odp4j.upcall.cli.UsageException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * {@code PORT}, {@code ADDR:PORT} or {@code [ADDR6]:PORT}; without an address this machine alone.
 */
final class MetricsAddress {
    private static final int MOST = 65_535;

    private MetricsAddress() {}

    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port < 0 || port > MOST || host.isEmpty()) {
                throw new UsageException(usage(text));
            }
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (NumberFormatException e) {
            throw new UsageException(usage(text));
        } catch (UnknownHostException e) {
            throw new UsageException(usage(text) + ": no such address");
        }
    }

    private static String usage(String text) {
        return "--metrics '" + text + "' is not [ADDR:]PORT";
    }
}
