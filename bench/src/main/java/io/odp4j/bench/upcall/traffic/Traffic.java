package io.odp4j.bench.upcall.traffic;

import io.odp4j.datapath.packet.PcapReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A traffic model.
 *
 * <p>{@code uniform}: every frame is of a flow of its own, a UDP port pair. {@code bursts}: the
 * same, in an open loop 256 at once. {@code trains}: four frames of each flow in a row, as the
 * start of a connection or a fragmented datagram brings them. {@code zipf}: a million frames of
 * 100,000 such flows, the n-th most frequent with a share of about 1/n. {@code pcap:FILE}: a
 * capture's frames, over and over. {@code explosion}: frames that differ from what the rules look
 * for in one bit of three fields each, so that each needs a mask of its own, 8,192 in all.
 *
 * @param name as on the command line
 * @param burst how many frames an open loop sends at once
 * @param train how many frames in a row are of one flow
 * @param numbers of the port pair of each frame, over and over; null: counted up
 * @param frames over and over; null for UDP ones of {@link FrameTemplate}
 */
public record Traffic(String name, int burst, int train, int[] numbers, List<byte[]> frames) {
    private static final int BURST = 256;
    private static final int TRAIN = 4;
    private static final int ZIPF_FLOWS = 100_000;
    private static final int ZIPF_FRAMES = 1_000_000;
    private static final double ZIPF_EXPONENT = 1.0;
    private static final int ETHERNET = 1;
    private static final int LONGEST = 2000;
    private static final String PCAP = "pcap:";

    /** A flow of its own for every frame. */
    public static final Traffic UNIFORM = new Traffic("uniform", 1, 1, null, null);

    /**
     * Reads a model's name.
     *
     * @throws IllegalArgumentException if there is no such model
     * @throws IOException if the capture cannot be read
     */
    public static Traffic parse(String name) throws IOException {
        if (name.startsWith(PCAP)) {
            return new Traffic(name, 1, 1, null, capture(Path.of(name.substring(PCAP.length()))));
        }
        return switch (name) {
            case "uniform" -> UNIFORM;
            case "bursts" -> new Traffic(name, BURST, 1, null, null);
            case "trains" -> new Traffic(name, 1, TRAIN, null, null);
            case "zipf" -> new Traffic(name, 1, 1, zipf(), null);
            case "explosion" -> new Traffic(name, 1, 1, null, Explosion.frames());
            default ->
                    throw new IllegalArgumentException(
                            "no traffic '"
                                    + name
                                    + "': uniform, bursts, trains, zipf, pcap:FILE or"
                                    + " explosion");
        };
    }

    /** Whether every frame, or every train, is of a flow that was not there before. */
    public boolean isAllNew() {
        return numbers == null && frames == null;
    }

    /**
     * Which flow a run's frame is of, as a number below four million; -1 if a capture says.
     *
     * @param index of the frame in its run
     */
    public int flow(int index) {
        if (frames != null) {
            return -1;
        }
        return numbers == null ? index / train : numbers[index % numbers.length];
    }

    /**
     * How many flows were set up.
     *
     * @param arrived frames that came out
     * @param upcalls misses that the datapath counted
     */
    public long setups(long arrived, long upcalls) {
        return isAllNew() ? (arrived + train - 1) / train : Math.min(arrived, upcalls);
    }

    /** Rules that bring every frame from port 1 to port 2, in the syntax of ovs-ofctl. */
    public String rules() {
        if (frames == null) {
            // The move makes the flow depend on both ports: each pair needs one of its own.
            return "priority=100,udp,in_port=1 actions=move:OXM_OF_UDP_DST[]->NXM_NX_REG0[0..15],"
                    + "move:OXM_OF_UDP_SRC[]->NXM_NX_REG1[0..15],output:2\n";
        }
        return name.startsWith(PCAP)
                ? "priority=100,ip,in_port=1 actions=move:NXM_OF_IP_SRC[]->NXM_NX_REG0[],"
                        + "move:NXM_OF_IP_DST[]->NXM_NX_REG1[],output:2\n"
                        + "priority=1,in_port=1 actions=output:2\n"
                : Explosion.RULES;
    }

    private static int[] zipf() {
        double[] sums = new double[ZIPF_FLOWS];
        double sum = 0;
        for (int i = 0; i < ZIPF_FLOWS; i++) {
            sum += Math.pow(i + 1, -ZIPF_EXPONENT);
            sums[i] = sum;
        }
        Random random = new Random(1);
        int[] numbers = new int[ZIPF_FRAMES];
        for (int i = 0; i < ZIPF_FRAMES; i++) {
            int at = Arrays.binarySearch(sums, random.nextDouble() * sum);
            numbers[i] = Math.min(ZIPF_FLOWS - 1, at < 0 ? -at - 1 : at);
        }
        return numbers;
    }

    private static List<byte[]> capture(Path file) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (PcapReader pcap = PcapReader.open(file)) {
            while (pcap.next()) {
                if (pcap.linkType() == ETHERNET && pcap.length() <= LONGEST) {
                    byte[] frame = new byte[pcap.length()];
                    pcap.frame().get(0, frame);
                    frames.add(frame);
                }
            }
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        }
        if (frames.isEmpty()) {
            throw new IOException(file + " has no Ethernet frame of at most " + LONGEST + " bytes");
        }
        return frames;
    }
}
