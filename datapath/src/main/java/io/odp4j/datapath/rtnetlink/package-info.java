/**
 * Links, addresses, routes, next hops, neighbours and rules: the protocol NETLINK_ROUTE,
 * rtnetlink(7). One package per kind of object; the names that they share are here.
 *
 * <pre>
 *   Links, Routes, ... ──▶ RequestChannel ──▶ kernel
 *   RouteEvents        ◀── multicast groups ◀─┘
 * </pre>
 */
package io.odp4j.datapath.rtnetlink;
