/**
 * Fragments of IPv4 and IPv6, as a kernel's connection tracking has them:
 *
 * <pre>
 * ct, a fragment ──▶ Defragmenter ──▶ FragmentTable ──▶ FragmentQueue, until all have come
 *                                                              │
 * output, a whole packet ──▶ Fragmenter ──▶ device    ◀────────┘ the whole packet, and its MRU
 * </pre>
 */
package io.odp4j.datapath.embedded.fragment;
