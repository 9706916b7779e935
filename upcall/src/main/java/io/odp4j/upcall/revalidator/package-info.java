/**
 * The revalidator: lists the datapath's flows now and then and has the classifier review them.
 *
 * <pre>
 *   kernel ─ dump ─▶ Revalidator ─ batches ─▶ FlowReviewer, on the classifier's thread
 * </pre>
 */
package io.odp4j.upcall.revalidator;
