package io.odp4j.bench.classify;

/**
 * What was measured.
 *
 * @param ruleMasks distinct masks of the rules, added up over tables
 * @param distinct packets that differ from all before; of fewer than 65,536 a processor learns the
 *     order
 * @param passes lookups that the packets make, coming back from recirculation included
 * @param withMegaflow passes through the tables a second, megaflow mask and all
 * @param withoutMegaflow the same where nobody asks for the mask
 * @param masks distinct masks of the megaflows
 * @param cached lookups in the flow cache a second, once all megaflows are in it
 * @param hitRate share of those that find a megaflow
 * @param signatureRate share of those that are answered by the signature of the packet, no mask
 *     tried
 * @param memory bytes of the whole flow cache
 * @param failed passes dropped in mid-pipeline
 * @param failure why the first of them was; null for none
 * @param verdictDigest of every pass's actions, in order
 * @param megaflowDigest of every pass's megaflow, in order
 */
public record ClassifyReport(
        int rules,
        int tables,
        int ruleMasks,
        int packets,
        int distinct,
        int passes,
        double withMegaflow,
        double withoutMegaflow,
        int megaflows,
        int masks,
        double cached,
        double hitRate,
        double signatureRate,
        long memory,
        long megaflowMemory,
        int failed,
        String failure,
        String verdictDigest,
        String megaflowDigest) {}
