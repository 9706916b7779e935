/**
 * The embedded datapath: a userspace switch that speaks the kernel's own messages.
 *
 * <pre>
 *   RequestChannel, Outbox ─▶ Server ─▶ *Requests ─▶ Switch ◀─ DeviceLink.receive ◀─ frames
 *        ▲                      │                      │
 *        │ replies, events      │                      ├─▶ FlowTable: lookup(FlowKey)
 *        └─────── Wire ◀────────┘                      ├─▶ ActionExecutor ─▶ Device.transmit
 *                  └──▶ MISS, ACTION ◀─── Upcalls ◀────┘
 * </pre>
 *
 * <p>In the order of the data: {@code message} (requests and replies), {@code server} (one handler
 * for each family), {@code table} (flows and how they are found), {@code port} (devices), {@code
 * device} (those that a line of text names), {@code endpoint} (how others find it), {@code packet},
 * {@code action}, and {@code forwarding}, where a packet goes its way.
 *
 * <p>It answers on a socket of NETLINK_USERSOCK, so that every client of the kernel's datapath
 * works on it when it is given {@link io.odp4j.datapath.netlink.NetlinkEndpoint#userspace}. It may
 * live in the same process as its clients or in another one. {@code docs/embedded.md} lists where
 * it differs from a kernel.
 */
package io.odp4j.datapath.embedded;
