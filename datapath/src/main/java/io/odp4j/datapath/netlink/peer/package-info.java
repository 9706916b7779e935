/**
 * The other side of netlink, for programs that answer each other: requests are taken, answered in
 * one part or in many, acknowledged or refused as a kernel does it.
 *
 * <pre>
 *   RequestChannel ── request ──▶ PeerServer ─▶ RequestHandler
 *                  ◀── answers, DONE, ACK ── Answer ◀──┘
 * </pre>
 */
package io.odp4j.datapath.netlink.peer;
