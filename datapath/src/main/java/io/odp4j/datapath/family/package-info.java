/**
 * All families that odp4j speaks, as declared, and what works for any of them: requests by name,
 * events, and the decoding of whatever message comes by.
 *
 * <pre>
 *   FamilySpec ─┬─▶ FamilyClient     requests, dumps, events ⇄ kernel
 *               └─▶ MessageDecoder   a captured datagram → text, JSON, or an outline with offsets
 *   what somebody pasted ─▶ NetlinkText ─┘
 * </pre>
 */
package io.odp4j.datapath.family;
