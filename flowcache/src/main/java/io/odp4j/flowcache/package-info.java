/**
 * What was decided for packets like this one: the flow cache that every upcall asks first.
 *
 * <pre>
 *   FlowKey ─▶ FlowCache           counts what became of lookups
 *                ▼
 *              MegaflowCache
 *                │ SignatureCache  hash of the bits that any mask looks at ─▶ entry, to be confirmed
 *                ▼ unknown
 *                │ MaskTree        which masks can match at all (knowledge per field)
 *                │ BucketIndex     hash of mask and masked key ─▶ entry, 8-bit tags
 *                ▼
 *              EntryStore          masked words, user data, statistics; flat long[] chunks
 *                │
 *                ▼ miss
 *              policy pipeline ─▶ verdict and mask ─▶ MegaflowCache.insert
 * </pre>
 *
 * One thread writes; any thread may look up, and sees every entry either whole or not at all.
 */
package io.odp4j.flowcache;
