/**
 * The loop that answers requests, and one handler for each family.
 *
 * <pre>
 *   clients ─▶ Server ─▶ *Requests ─▶ forwarding.World, forwarding.Switch
 * </pre>
 */
package io.odp4j.datapath.embedded.server;
