/**
 * Tables of rules by priority, and the search for the one that applies.
 *
 * <pre>
 *   words of a RuleKey
 *      │ RuleTable
 *      │   TupleIndex     rules masks out by the dozen (TupleGroup, PrefixRows)
 *      │   Tuple          the rules of one mask, stage by stage
 *      │   Conjunctions   which dimensions of conjunctive matches were met
 *      ▼
 *   Rule, and the bits of the key that it took
 * </pre>
 *
 * Who asks for no bits is answered by {@code io.odp4j.flowcache.search} instead.
 */
package io.odp4j.flowcache.policy.table;
