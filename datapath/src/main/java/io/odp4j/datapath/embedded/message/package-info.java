/**
 * Requests as they come in and what goes out: the generic-netlink families, one request taken
 * apart, refusals by errno, dumps, and the one socket that everything leaves by.
 *
 * <pre>
 *   Server ─▶ Request ─▶ Handler ─▶ Wire, Dump ─▶ clients
 * </pre>
 */
package io.odp4j.datapath.embedded.message;
