package io.odp4j.upcall.revalidator;

/**
 * What a round of the revalidator did.
 *
 * @param flows listed
 * @param workMillis what listing and reviewing them took, without waiting for packets
 * @param millis what the round took in all
 * @param flowLimit how many flows may be installed from then on
 */
public record RoundReport(int flows, long workMillis, long millis, int flowLimit) {
    static final RoundReport NONE = new RoundReport(0, 0, 0, 0);
}
