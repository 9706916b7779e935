package io.odp4j.upcall.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.fou.FouFamily;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeType;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.netlink.table.StructLayout;
import io.odp4j.datapath.nlctrl.ControlFamily;
import io.odp4j.upcall.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecFileTest {
    private static Path folder() {
        return Path.of(System.getProperty("odp4j.home"))
                .resolve("upcall/src/test/resources/io/odp4j/upcall/cli/spec");
    }

    private static FamilySpec load(String name) {
        return SpecFile.read(folder().resolve(name));
    }

    private static Set<String> describe(OperationSpec operation) {
        return operation.table().specs().stream()
                .map(a -> a.number() + " " + a.name() + " " + kind(a))
                .collect(Collectors.toSet());
    }

    /** An IPv4 address is four bytes to the one, and a number to the other. */
    private static String kind(AttributeSpec a) {
        return a.display() == Display.IPV4 ? "IPv4" : a.type().toString();
    }

    @Test
    void shouldDeclareWhatTheBuiltInFamilyDeclares() {
        FamilySpec loaded = load("fou.yaml");
        assertThat(loaded.name()).isEqualTo("fou");
        for (String name : new String[] {"add", "del", "get"}) {
            OperationSpec ours = FouFamily.SPEC.operation(name).orElseThrow();
            OperationSpec theirs = loaded.operation(name).orElseThrow();
            assertThat(theirs.request()).isEqualTo(ours.request());
            assertThat(theirs.uses()).isEqualTo(ours.uses());
            assertThat(describe(theirs)).isEqualTo(describe(ours));
        }
        assertThat(loaded.operation("unspec")).isEmpty();
        AttributeSpec type = loaded.operation("add").orElseThrow().table().spec(4);
        assertThat(type.values().nameOf(2)).isEqualTo("gue");
    }

    @Test
    void shouldSpeakToTheKernelAsTheBuiltInFamilyDoes() throws NetlinkException {
        FamilySpec loaded = load("nlctrl.yaml");
        try (FamilyClient theirs = FamilyClient.open(loaded);
                FamilyClient ours = FamilyClient.open(ControlFamily.SPEC)) {
            for (String operation : new String[] {"getfamily", "getpolicy"}) {
                assertThat(list(theirs, operation)).isEqualTo(list(ours, operation)).isNotEmpty();
            }
        }
    }

    private static String list(FamilyClient client, String name) throws NetlinkException {
        OperationSpec operation = client.operation(name);
        AttributeList request = new AttributeList(operation.table());
        request.put(operation.table().spec("family_name").orElseThrow(), "nlctrl");
        return (name.equals("getpolicy")
                        ? client.list(operation, request)
                        : client.call(operation, request))
                .toString()
                // Only the built-in table names the types.
                .replaceAll("(?<=type=)[a-z_0-9]+", "…");
    }

    @Test
    void shouldKnowStructuresChoicesAndRawFamilies() {
        FamilySpec loaded =
                SpecFile.parse(
                        "raw.yaml",
                        String.join(
                                "\n",
                                "name: thing",
                                "protocol: netlink-raw",
                                "protonum: 0",
                                "definitions:",
                                " - {name: size, type: const, value: 6}",
                                " - name: head",
                                "   type: struct",
                                "   members:",
                                "    - {name: head-family, type: u8}",
                                "    - {name: pad, type: pad, len: 3}",
                                "    - {name: head-index, type: s32}",
                                "    - {name: head-mac, type: binary, len: size, display-hint:"
                                        + " mac}",
                                "attribute-sets:",
                                " - name: things",
                                "   attributes:",
                                "    - {name: kind, type: string, value: 3}",
                                "    - {name: data, type: sub-message, sub-message: m,"
                                        + " selector: kind}",
                                "    - {name: again, type: nest, nested-attributes: things}",
                                "    - {name: many, type: binary, sub-type: u32}",
                                "    - {name: ids, type: indexed-array, sub-type: u32}",
                                " - {name: some, subset-of: things, attributes: [{name: kind}]}",
                                "sub-messages:",
                                " - name: m",
                                "   formats: [{value: tun, attribute-set: some}, {value: none}]",
                                "operations:",
                                " fixed-header: head",
                                " enum-model: directional",
                                " list:",
                                "  - name: get",
                                "    attribute-set: things",
                                "    do: {request: {value: 18}, reply: {value: 16}}",
                                "  - {name: new-ntf, notify: get, value: 16}"));
        assertThat(loaded.isGeneric()).isFalse();
        OperationSpec get = loaded.operation("get").orElseThrow();
        assertThat(get.request()).isEqualTo(18);
        assertThat(get.reply()).isEqualTo(16);
        StructLayout head = get.table().header();
        assertThat(head.size()).isEqualTo(14);
        assertThat(head.field("head_mac").orElseThrow().offset()).isEqualTo(8);
        assertThat(get.table().spec("data").orElseThrow().number()).isEqualTo(4);
        AttributeSpec data = get.table().spec("data").orElseThrow();
        assertThat(data.type()).isEqualTo(AttributeType.CHOSEN);
        assertThat(data.choice().tables()).containsOnlyKeys("tun");
        assertThat(get.table().spec("again").orElseThrow().nested().get().spec(3).name())
                .isEqualTo("KIND");
        OperationSpec told = loaded.operation("new-ntf").orElseThrow();
        assertThat(told.request()).isEqualTo(-1);
        assertThat(told.reply()).isEqualTo(16);
        assertThat(told.is(OperationSpec.Use.EVENT)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, 2] | f.yaml: no specification: it is no mapping",
                "a: b: c | f.yaml: mapping values are not allowed here",
                "{name: x} | f.yaml: 'operations' is missing",
                "{name: x, protocol: netlink-raw, protonum: 12, operations: {list: []}}"
                        + " | f.yaml: of the raw protocols only NETLINK_ROUTE",
                "{name: x, operations: 5} | f.yaml: 'operations' is no mapping",
                "{name: x, operations: {list: [{name: o, attribute-set: s, do: {}}]}}"
                        + " | f.yaml.operations.list[0]: no attribute set 's'",
                "{name: x, operations: {list: []},"
                        + " attribute-sets: [{name: s, attributes: [{name: a, type: wood}]}]}"
                        + " | f.yaml.attribute-sets[0].attributes[0]: no attribute type 'wood'",
                "{name: x, operations: {list: []}, attribute-sets: [{name: s, subset-of: s}]}"
                        + " | f.yaml.attribute-sets[0]: a set cannot be a subset of itself",
                "{name: x, operations: {list: []}, attribute-sets:"
                        + " [{name: s, attributes: [{name: a, type: u8, enum: e}]}]}"
                        + " | f.yaml.attribute-sets[0].attributes[0]: no definition of 'e'",
                "{name: x, operations: {list: []}, attribute-sets:"
                        + " [{name: s, attributes: [{name: a, type: u8, value: z}]}]}"
                        + " | f.yaml.attribute-sets[0].attributes[0]: 'value' is no number: z"
            })
    void shouldSayWhereASpecificationIsWrong(String text, String message) {
        assertThatThrownBy(() -> SpecFile.parse("f.yaml", text))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(message);
    }

    /** Whatever stands in a file: a family comes of it, or one line that says what is wrong. */
    @Property(tries = 500)
    void shouldReadAnySpecificationOrSayWhatIsWrong(
            @ForAll @IntRange(min = 0, max = 2500) int at,
            @ForAll @IntRange(min = 0, max = 60) int length,
            @ForAll("pieces") String piece)
            throws IOException {
        String text = Files.readString(folder().resolve("nlctrl.yaml"));
        int from = Math.min(at, text.length());
        int to = Math.min(from + length, text.length());
        try {
            FamilySpec family =
                    SpecFile.parse("f.yaml", text.substring(0, from) + piece + text.substring(to));
            assertThat(family.name()).isNotNull();
        } catch (UsageException e) {
            assertThat(e.getMessage()).startsWith("f.yaml").doesNotContain("\n");
        }
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                "",
                "[",
                "]",
                "{",
                "}",
                ":",
                "- ",
                "&a",
                "*a",
                "*family",
                "-1",
                "99999999999999999999",
                "null",
                "struct",
                "type: sub-message",
                "\n",
                "  ",
                "\t",
                "!!set",
                "'");
    }

    @Test
    void shouldSayWhatFileIsMissing() {
        assertThatThrownBy(() -> SpecFile.read(Path.of("/no/such.yaml")))
                .isInstanceOf(UsageException.class)
                .hasMessage("/no/such.yaml: no such file");
    }
}
