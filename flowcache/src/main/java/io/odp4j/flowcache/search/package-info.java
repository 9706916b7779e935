/**
 * Which rule of a table applies to a packet, when nobody asks for how many other packets it does.
 *
 * <pre>
 *   rule key ─▶ KeyPacker      the bits that any rule looks at, in a few words
 *                  ▼
 *               MergedSearch   groups of hash tables over bits that many rules' masks share;
 *                              a bucket with too many rules is a group again
 *                  ▼
 *               RuleRecords    values and masks of the rules, flat, in chains by priority
 * </pre>
 */
package io.odp4j.flowcache.search;
