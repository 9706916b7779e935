/**
 * The embedded datapath with the flow cache of this program.
 *
 * <pre>
 *   embedded.forwarding.Switch ─▶ FlowTable ◀─ CachedFlowTable ─▶ flowcache.FlowCache
 * </pre>
 */
package io.odp4j.upcall.embedded;
