package io.odp4j.datapath.packet.craft;

import io.odp4j.datapath.flow.Literal;
import io.odp4j.datapath.flow.text.FlowSyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * One header of a text, {@code name(field=value,…)}, with the places at which its parts stand. A
 * value's mask, as a flow has it, is left aside.
 */
final class PacketHeader {
    /** A value and where it stands; the name of one that has none is empty. */
    record Argument(String name, String value, int nameAt, int valueAt) {}

    private final String text;
    private final String name;
    private final int offset;
    private final List<Argument> arguments;

    /** Fields that were asked for: there are no others. */
    private final List<String> known = new ArrayList<>();

    PacketHeader(String text, String name, int offset, List<Argument> arguments) {
        this.text = text;
        this.name = name;
        this.offset = offset;
        this.arguments = arguments;
    }

    /** A header that was not written, with its usual values. */
    static PacketHeader usual(String name) {
        return new PacketHeader("", name, 0, List.of());
    }

    String name() {
        return name;
    }

    boolean is(String other) {
        return name.equals(other);
    }

    List<Argument> arguments() {
        return arguments;
    }

    FlowSyntaxException error(String expected) {
        return new FlowSyntaxException(text, offset, expected);
    }

    private FlowSyntaxException error(Argument argument, String expected) {
        return new FlowSyntaxException(text, argument.valueAt, expected);
    }

    /** The last one of that name, or null. */
    private Argument find(String field) {
        if (!known.contains(field)) {
            known.add(field);
        }
        Argument found = null;
        for (Argument argument : arguments) {
            found = argument.name.equals(field) ? argument : found;
        }
        return found;
    }

    boolean has(String field) {
        return find(field) != null;
    }

    /** The text of a field; null if it is not there. */
    String word(String field) {
        Argument found = find(field);
        return found == null ? null : found.value;
    }

    /** A number of so many bits, at most 32. */
    int number(String field, int bits, int usual) {
        Argument found = find(field);
        return found == null ? usual : (int) literal(found, bits, Literal.Kind.NUMBER).low();
    }

    /** A number of an argument that is already found. */
    int number(Argument argument, int bits) {
        return (int) literal(argument, bits, Literal.Kind.NUMBER).low();
    }

    long ethernet(String field, long usual) {
        Argument found = find(field);
        return found == null ? usual : literal(found, 48, Literal.Kind.ETHERNET).low();
    }

    int ipv4(String field, int usual) {
        Argument found = find(field);
        return found == null ? usual : (int) literal(found, 32, Literal.Kind.IPV4).low();
    }

    Literal ipv6(String field, Literal usual) {
        Argument found = find(field);
        return found == null ? usual : literal(found, 128, Literal.Kind.IPV6);
    }

    private Literal literal(Argument argument, int bits, Literal.Kind kind) {
        int slash = argument.value.indexOf('/');
        Literal literal =
                Literal.parse(slash < 0 ? argument.value : argument.value.substring(0, slash));
        if (literal == null || literal.kind() != kind || !literal.fits(bits)) {
            throw error(
                    argument,
                    switch (kind) {
                        case ETHERNET -> "an Ethernet address";
                        case IPV4 -> "an IPv4 address";
                        case IPV6 -> "an IPv6 address";
                        case NUMBER -> "a number of at most " + bits + " bits";
                    });
        }
        return literal;
    }

    /** Says that a field's value is none of its own. */
    FlowSyntaxException wrong(String field, String expected) {
        return error(find(field), expected);
    }

    /** Throws if there is a field that was not asked for. */
    void finish() {
        for (Argument argument : arguments) {
            if (!known.contains(argument.name)) {
                List<String> names = known.stream().filter(field -> !field.isEmpty()).toList();
                throw new FlowSyntaxException(
                        text,
                        argument.nameAt,
                        names.isEmpty() ? "')'" : String.join("=, ", names) + "= or ')'");
            }
        }
    }
}
