/**
 * A language for choosing packets and flows: {@code in_port=vm3 and tcp and not dst=443}.
 *
 * <pre>
 *   expression = conjunction { ("or" | "||") conjunction }
 *   conjunction = factor { ("and" | "&amp;&amp;" | ",") factor }
 *   factor     = ("not" | "!") factor | "(" expression ")" | test
 *   test       = PROTOCOL | FIELD operator VALUE [ "/" MASK ] | FIELD "in" "(" VALUE { "," VALUE } ")"
 *   operator   = "=" | "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;="
 *
 *   text ─▶ FilterParser ─▶ Expression ─▶ Filter: asked about a packet's key, or a flow's key and mask
 *             FilterField: names, places and values of fields, and what a packet must be to have them
 * </pre>
 *
 * A test of a field that a packet has not is false; {@code a != b} is {@code not a = b}. Of a flow,
 * which stands for many packets, the answer can be {@link
 * io.odp4j.datapath.flow.filter.Truth#MAYBE}.
 */
package io.odp4j.datapath.flow.filter;
