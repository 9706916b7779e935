/**
 * Reads rules in the text that {@code ovs-ofctl add-flow} takes; what is wrong is refused with line
 * and column.
 *
 * <pre>
 *   a line ─▶ TextReader   key=value, where each stands
 *                │ MatchParser            before "actions="
 *                │ ActionParser           behind it (CtBuilder, NatRange for ct)
 *                ▼
 *             RuleParser.Line: a command and its Rule
 * </pre>
 */
package io.odp4j.flowcache.rule.parse;
