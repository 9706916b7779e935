/**
 * The fields that rules match and write: where each lies in a {@link
 * io.odp4j.flowcache.rule.field.RuleKey}, what a packet must be to have it, and its values as text.
 * Everything else of {@code rule} is made of these.
 */
package io.odp4j.flowcache.rule.field;
