package io.odp4j.upcall.action;

/**
 * One sampled packet, with what an sFlow version 5 flow sample says of it.
 *
 * @param sequence its number among the samples of its recorder, from 1
 * @param samplingRate of how many packets it is one, 1 or more; their number so far is about {@code
 *     sequence * samplingRate}
 * @param inPort the datapath's port that it came in through
 * @param frameLength bytes of the whole packet
 * @param header its first bytes
 * @param collectorSet of the action that sampled it, 0 to 65535
 * @param observation what the action says besides: of a rule, domain id and point id, 32 bits each
 */
public record PacketSample(
        long sequence,
        double samplingRate,
        int inPort,
        int frameLength,
        byte[] header,
        int collectorSet,
        long observation) {}
