package io.odp4j.datapath.embedded.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random conversations through ct actions, in the kernel's datapath and in the embedded one: what
 * comes up must be the same, key and packet, byte for byte, and so must the errors. {@code
 * -Dodp4j.conntrack.seed} repeats a run, {@code -Dodp4j.conntrack} says how many conversations.
 */
@Tag("kernel")
class ConntrackKernelTest {
    private static final int CONVERSATIONS = Integer.getInteger("odp4j.conntrack", 300);
    private static final long SEED = Long.getLong("odp4j.conntrack.seed", System.nanoTime());

    /** How many conversations share zones, addresses and ports. */
    private static final int TOGETHER = 12;

    private static final int STEPS = 14;
    private static final byte[] NO_KEY = {};

    private EmbeddedDatapath embedded;
    private TrackingRig kernel;
    private TrackingRig ours;
    private final Map<String, Integer> seen = new TreeMap<>();
    private boolean zones;
    private int packets;
    private int renamed;

    /** A conversation, and how its far end sees it through either datapath. */
    private static final class Talk {
        final Dialogue dialogue;
        final View[] far = new View[2];
        final byte[][] lastToFar = new byte[2][];
        final byte[][] lastToNear = new byte[2][];

        Talk(Dialogue dialogue) {
            this.dialogue = dialogue;
        }
    }

    @BeforeEach
    void makeDatapaths() throws Exception {
        System.out.println("odp4j.conntrack.seed=" + SEED);
        embedded = EmbeddedDatapath.open();
        kernel = new TrackingRig(NetlinkEndpoint.KERNEL_GENERIC, "dpct");
        ours = new TrackingRig(embedded.endpoint(), "dpct");
        Dialogue any = new Dialogue(new Random(SEED), 0, true);
        zones =
                kernel.execute(any.frame(any.step(), null, null), NO_KEY, "ct(zone=1)").errno()
                        == 0;
        System.out.println(zones ? "with zones" : "without zones, which this kernel does not know");
    }

    @AfterEach
    void deleteDatapaths() throws Exception {
        kernel.close();
        ours.close();
        embedded.close();
    }

    @Test
    void shouldTrackAndTranslateAsTheKernelDoes() throws Exception {
        List<String> differences = new ArrayList<>();
        for (int first = 0; first < CONVERSATIONS; first += TOGETHER) {
            together(new Random(SEED + first), first / TOGETHER, differences);
        }
        seen.forEach((what, count) -> System.out.println(what + " " + count));
        System.out.printf(
                "%d conversations, %d packets, %d with ports chosen otherwise, %d differences%n",
                CONVERSATIONS, packets, renamed, differences.size());
        assertThat(differences).isEmpty();
    }

    private void together(Random random, int group, List<String> differences) throws Exception {
        List<Talk> talks = new ArrayList<>();
        for (int i = 0; i < TOGETHER; i++) {
            talks.add(new Talk(new Dialogue(random, group, zones)));
        }
        StringBuilder story = new StringBuilder();
        for (int i = 0; i < TOGETHER * STEPS; i++) {
            int who = random.nextInt(talks.size());
            Talk talk = talks.get(who);
            Dialogue.Step step = talk.dialogue.step();
            story.append(who).append(": ").append(step).append('\n');
            String difference = take(talk, step, who, story);
            packets++;
            if (difference != null) {
                differences.add(
                        "in group "
                                + group
                                + " talk "
                                + who
                                + " "
                                + talk.dialogue
                                + "\n"
                                + story.toString()
                                        .lines()
                                        .filter(l -> l.startsWith(who + ":"))
                                        .reduce("", (a, b) -> a + b + "\n")
                                + difference);
                return;
            }
        }
    }

    private String take(Talk talk, Dialogue.Step step, int who, StringBuilder story)
            throws Exception {
        TrackingRig.Outcome[] outcomes = new TrackingRig.Outcome[2];
        for (int i = 0; i < 2; i++) {
            byte[] quoted = step.reply() ? talk.lastToFar[i] : talk.lastToNear[i];
            byte[] frame = talk.dialogue.frame(step, talk.far[i], quoted);
            TrackingRig rig = i == 0 ? kernel : ours;
            outcomes[i] = rig.execute(frame, NO_KEY, step.actions());
            if (step.again() && outcomes[i].cameUp()) {
                // As a controller does: what came up goes back, with its key.
                outcomes[i] = rig.execute(outcomes[i].packet(), outcomes[i].key(), step.actions());
            }
            note(talk, step, i, outcomes[i]);
        }
        story.append(who).append(":    ").append(describe(outcomes[0])).append('\n');
        return compare(talk, outcomes[0], outcomes[1]);
    }

    private static void note(Talk talk, Dialogue.Step step, int i, TrackingRig.Outcome outcome) {
        if (!outcome.cameUp() || step.errorType() >= 0) {
            return;
        }
        FrameParts parts = new FrameParts(outcome.packet());
        if (step.reply()) {
            talk.lastToNear[i] = parts.quoted(60);
        } else {
            talk.far[i] = View.of(outcome);
            talk.lastToFar[i] = parts.quoted(60);
        }
    }

    private String compare(Talk talk, TrackingRig.Outcome is, TrackingRig.Outcome our) {
        String what = "errno " + is.errno();
        if (is.cameUp()) {
            what = "ct_state " + state(is);
        }
        seen.merge(what, 1, Integer::sum);
        if (is.errno() == our.errno()
                && (zones
                        ? Arrays.equals(is.key(), our.key())
                        : !is.cameUp() || !our.cameUp() || plainKey(is).equals(plainKey(our)))
                && is.cameUp() == our.cameUp()
                && Arrays.equals(is.packet(), our.packet())) {
            return null;
        }
        if (is.cameUp()
                && our.cameUp()
                && is.errno() == our.errno()
                && !talk.dialogue.nat.isEmpty()
                && Arrays.equals(
                        new FrameParts(is.packet()).withoutMapping(),
                        new FrameParts(our.packet()).withoutMapping())
                && unmappedKey(is).equals(unmappedKey(our))) {
            renamed++;
            return null;
        }
        return "kernel " + describe(is) + "\nours   " + describe(our);
    }

    /** The key without what a kernel without zones does not write. */
    private static FlowKey plainKey(TrackingRig.Outcome outcome) {
        FlowKey key = View.key(outcome);
        key.words()[FlowKey.ATTRIBUTES] &= ~(1L << KeyAttributes.CT_ZONE.number());
        return key;
    }

    /** The key without the ports that a datapath has chosen. */
    private static FlowKey unmappedKey(TrackingRig.Outcome outcome) {
        return plainKey(outcome)
                .set(FlowField.TP_SRC, 0)
                .set(FlowField.TP_DST, 0)
                .set(FlowField.CT_TP_SRC, 0)
                .set(FlowField.CT_TP_DST, 0);
    }

    private static String state(TrackingRig.Outcome outcome) {
        return Long.toHexString(View.key(outcome).get(FlowField.CT_STATE));
    }

    private static String describe(TrackingRig.Outcome outcome) {
        if (!outcome.cameUp()) {
            return "errno " + outcome.errno();
        }
        return "errno "
                + outcome.errno()
                + " "
                + View.key(outcome)
                + " "
                + HexFormat.of().formatHex(outcome.packet());
    }
}
