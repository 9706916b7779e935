/**
 * Who may have upcalls handled: a share for each port, before a packet is decoded.
 *
 * <pre>
 *   reader ─▶ UpcallPeek: port, control or data ─▶ PortShares ─▶ the ring, or dropped, or muted
 * </pre>
 */
package io.odp4j.upcall.admission;
