/**
 * The flow key, its mask and the actions: binary codec and text form.
 *
 * <pre>
 *   OVS_PACKET_ATTR_KEY ─▶ FlowKeyDecoder ─▶ FlowKey (flat words) ─▶ flow cache, policy
 *   frame ─▶ packet ───────────────────────▶ FlowKey                    │
 *   OVS_FLOW_ATTR_KEY, _MASK ◀─ FlowKeyEncoder ◀─ FlowKey, FlowMask ◀───┘
 *   "in_port(1),eth(…)"  ⇄  attributes                    (people and tools)
 * </pre>
 *
 * A {@link io.odp4j.datapath.flow.FlowKey} is what the hot path works on; the attribute tables
 * beside it serve text, JSON and the tests that hold the hand-written codecs to them.
 */
package io.odp4j.datapath.flow;
