/**
 * Attribute sets declared as data: one table per set drives decoding, encoding, validation, text,
 * JSON and the protocol reference.
 *
 * <pre>
 *   AttributeTable (AttributeSpec …)  ─┬─▶ AttributeCodec   bytes ⇄ AttributeList
 *                                      ├─▶ AttributeText    AttributeList → words
 *                                      ├─▶ AttributeJson    AttributeList → JSON
 *                                      └─▶ docs/protocol.md
 * </pre>
 *
 * The object model here serves people, tools and requests that are rare. What a packet passes on
 * its way is decoded by hand-written flyweights, which tests hold against these tables.
 */
package io.odp4j.datapath.netlink.table;
