package io.odp4j.upcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.upcall.AgentConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Every section of docs/debugging.md: its rules are loaded, its fault is made, its questions are
 * asked, and the lines of its answers are in the answers, in that order.
 */
@Timeout(120)
class DebuggingGuideTest {
    private static final Path PAGE = Path.of("docs/debugging.md");
    private static final Pattern SECTION = Pattern.compile("(?ms)^## (.*?)$(.*?)(?=^## |\\z)");
    private static final Pattern RULES = Pattern.compile("(?s)```rules\\n(.*?)```");
    private static final Pattern CONSOLE = Pattern.compile("(?s)```console\\n(.*?)```");
    private static final int FLOOD = 4000;

    /** What makes the switch be as the section says, beside its rules. */
    @FunctionalInterface
    private interface Fault {
        void happen(RuledSwitch ruled) throws Exception;
    }

    private static final Fault NOTHING = ruled -> {};

    private static final Map<String, Fault> FAULTS = faults();

    private static Map<String, Fault> faults() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("The wrong VLAN", NOTHING);
        faults.put("A missing rule", DebuggingGuideTest::oneWay);
        faults.put("A shadowed rule", NOTHING);
        faults.put("A port that is down", DebuggingGuideTest::portGone);
        faults.put("The flow limit is reached", DebuggingGuideTest::limitReached);
        faults.put("Loss at the socket", DebuggingGuideTest::lossAtTheSocket);
        faults.put("An action that the datapath refuses", RuledSwitch::ping);
        faults.put("A stale flow after a change", DebuggingGuideTest::staleFlow);
        return faults;
    }

    /** Pings until a request has gone through: a port comes into the flows after a moment. */
    private static void oneWay(RuledSwitch ruled) throws Exception {
        for (int i = 0; i < 20 && !ruled.run("flow/dump").contains("n_bytes=98"); i++) {
            ruled.ping();
        }
    }

    private static void portGone(RuledSwitch ruled) throws Exception {
        ruled.awaitPing();
        ruled.h2.close();
        for (int i = 0; i < 100 && ruled.agent.portNumbers().containsKey("h2"); i++) {
            Thread.sleep(50);
        }
    }

    private static void limitReached(RuledSwitch ruled) throws Exception {
        ruled.run("upcall/set-flow-limit", "1");
        ruled.run("revalidator/wait");
        ruled.awaitPing();
        ruled.ping();
    }

    private static void lossAtTheSocket(RuledSwitch ruled) throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        Thread asking =
                new Thread(
                        () -> {
                            try {
                                ruled.agent.ask(policy -> sleep(asleep));
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        asking.start();
        asleep.await();
        for (int i = 0; i < FLOOD; i++) {
            newFlow(ruled, i);
        }
        asking.join();
        // The datapath tells of the loss before the next upcall for which there is room.
        for (int i = 0; i < 1000 && !ruled.run("loss/show").contains("lost_at_socket"); i++) {
            newFlow(ruled, FLOOD + i);
            Thread.sleep(5);
        }
        ruled.run("revalidator/wait");
    }

    private static void newFlow(RuledSwitch ruled, int port) {
        ruled.h1.send(
                FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                        .ipv4(0x0a000001, 0x0a000002)
                        .udp(port, 9)
                        .payload(1000)
                        .build());
    }

    private static boolean sleep(CountDownLatch asleep) {
        asleep.countDown();
        try {
            Thread.sleep(1500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private static void staleFlow(RuledSwitch ruled) throws Exception {
        ruled.awaitPing();
        ruled.run("revalidator/wait");
        ruled.run("revalidator/pause");
        while (ruled.agent.rounds().isUnderWay()) {
            Thread.sleep(10);
        }
        ruled.run("flow/add", "priority=200,in_port=1,icmp,actions=drop");
    }

    @TestFactory
    Stream<DynamicTest> shouldRevealTheCause() throws IOException {
        Path home = Path.of(System.getProperty("odp4j.home", ".."));
        Map<String, String> sections = new LinkedHashMap<>();
        Matcher matcher = SECTION.matcher(Files.readString(home.resolve(PAGE)));
        while (matcher.find()) {
            sections.put(matcher.group(1), matcher.group(2));
        }
        assertThat(sections.keySet()).containsAll(FAULTS.keySet());
        return FAULTS.entrySet().stream()
                .map(
                        entry ->
                                DynamicTest.dynamicTest(
                                        entry.getKey(),
                                        () ->
                                                check(
                                                        sections.get(entry.getKey()),
                                                        entry.getValue())));
    }

    private static void check(String section, Fault fault) throws Exception {
        Matcher rules = RULES.matcher(section);
        assertThat(rules.find()).as("rules").isTrue();
        UnaryOperator<AgentConfig.Builder> small =
                config -> config.ringSlots(64).receiveBuffer(1 << 16).idleMillis(60_000);
        try (RuledSwitch ruled = new RuledSwitch(rules.group(1), small)) {
            fault.happen(ruled);
            Matcher console = CONSOLE.matcher(section);
            assertThat(console.find()).as("questions").isTrue();
            do {
                ask(ruled, console.group(1).lines().toList());
            } while (console.find());
        }
    }

    /** Asks what stands behind each {@code $}; what follows it is in the answer. */
    private static void ask(RuledSwitch ruled, List<String> lines) throws Exception {
        int i = 0;
        while (i < lines.size()) {
            String question = lines.get(i);
            assertThat(question).startsWith("$ ");
            List<String> expected = new ArrayList<>();
            for (i++; i < lines.size() && !lines.get(i).startsWith("$ "); i++) {
                expected.add(lines.get(i));
            }
            List<String> words =
                    Arrays.stream(question.substring(2).split(" "))
                            .map(word -> word.replaceAll("^'|'$", ""))
                            .toList();
            String answer = ruled.run(words.get(0), words.subList(1, words.size()));
            contains(question, answer, expected);
        }
    }

    private static void contains(String question, String answer, List<String> expected) {
        Iterator<String> rest = answer.lines().iterator();
        for (String line : expected) {
            Pattern wanted = pattern(line);
            boolean found = false;
            while (!found && rest.hasNext()) {
                found = wanted.matcher(rest.next()).matches();
            }
            assertThat(found)
                    .as("'%s' answers, and not in its place '%s':%n%s", question, line, answer)
                    .isTrue();
        }
    }

    /** A line; an ellipsis stands for anything. */
    private static Pattern pattern(String line) {
        return Pattern.compile(
                Arrays.stream(line.split("…", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")));
    }
}
