/**
 * Connection tracking and address translation: what the action ct does.
 *
 * <pre>
 *   forwarding.ActionExecutor ─▶ Conntrack.execute(TrackedPacket, CtAction)
 *                                    │
 *          Tuple ◀── IpPacket ◀──────┤ which connection: ConnectionTable, IcmpErrors
 *                                    ├ what it is now:   TcpTracker, Trackers, ZoneLimits
 *                                    ├ translation:      Nat ─▶ NatEditor
 *                                    └▶ FlowKey: ct_state, ct_zone, ct_mark, ct_label, ct_nw_*
 * </pre>
 *
 * Behaviour is that of {@code net/openvswitch/conntrack.c} and {@code net/netfilter/nf_conntrack*}
 * with the kernel's default settings. All of it runs under the world's lock; a packet of a known
 * connection allocates nothing.
 */
package io.odp4j.datapath.embedded.conntrack;
