/**
 * OpenFlow-style rules as people write them: fields, matches, actions, and the text that {@code
 * ovs-ofctl add-flow} takes.
 *
 * <pre>
 *   "table=0,priority=9,ip,nw_dst=10.0.0.0/8,actions=dec_ttl,output:2"
 *        │ RuleParser (MatchParser, ActionParser)
 *        ▼
 *   Rule: RuleMatch over RuleKey's words, OpenFlowAction… ─▶ policy tables
 * </pre>
 */
package io.odp4j.flowcache.rule;
