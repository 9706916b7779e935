/**
 * The ring between the reader and the classifier: an LMAX Disruptor of fixed slots in direct
 * memory.
 *
 * <pre>
 *   reader ─▶ UpcallRing.claim … the kernel writes into the slots … publish ─▶ classifier
 * </pre>
 */
package io.odp4j.upcall.ring;
