/**
 * Ports: the datapath and its vports brought up, and followed while they change under the agent.
 *
 * <pre>
 *   --port names ─▶ PortKeeper ─▶ vport new, upcall sockets ─▶ reader
 *   --tunnel specs ─▶ TunnelKeeper ─▶ devices, ways to remote ends
 *   link, route, neighbour events ─▶ LinkBook ─▶ PortKeeper: names, states, MTUs
 *   ovs_datapath, ovs_vport events ─▶ PortKeeper ─▶ reader, policy.portsChanged
 * </pre>
 */
package io.odp4j.upcall.port;
