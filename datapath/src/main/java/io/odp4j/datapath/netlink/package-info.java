/**
 * Netlink: sockets, messages, attributes, errors and generic-netlink control.
 *
 * <pre>
 *   kernel  ── recvmmsg ──▶ ReceiveBatch ─▶ MessageReader ─▶ AttributeReader ─▶ a family's codec
 *   kernel  ◀─ sendmsg ──── SendBatch   ◀── MessageWriter ◀───────────────────── a family's codec
 *                     NetlinkSocket, Epoll          RequestChannel: request, answer, errors
 * </pre>
 *
 * Nothing here knows a family; everything that knows one is in a package of its own beside this
 * one.
 */
package io.odp4j.datapath.netlink;
