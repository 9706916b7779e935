/**
 * Tunnels: devices made and attached, what packets must carry to leave by them, and the way to
 * their remote ends.
 *
 * <pre>
 *   --tunnel vxlan0,remote=… ─▶ TunnelSpec ─▶ TunnelDevices: RTM_NEWLINK, FOU ports ─▶ PortKeeper
 *                                   │
 *        policy: output:vxlan0 ─▶ TunnelActions: set(tunnel(…)),output:vxlan0 ─▶ flow, packet
 *                                   │
 *   links, routes, neighbours ─▶ EndpointBook: next hop of the remote end ─▶ TunnelStatus
 * </pre>
 */
package io.odp4j.upcall.tunnel;
