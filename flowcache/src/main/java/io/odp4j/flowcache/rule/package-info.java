/**
 * OpenFlow-style rules: what they ask of a packet, what they do with it, and both as text.
 *
 * <pre>
 *   "table=0,priority=9,ip,nw_dst=10.0.0.0/8,actions=dec_ttl,output:2"
 *        │ parse.RuleParser, by the fields of field.RuleFields
 *        ▼
 *   Rule: RuleMatch over RuleKey's words, OpenFlowAction… ─▶ policy tables
 *        │ MatchFormatter, ActionFormatter
 *        ▼
 *   the same text, as Open vSwitch prints it
 * </pre>
 */
package io.odp4j.flowcache.rule;
