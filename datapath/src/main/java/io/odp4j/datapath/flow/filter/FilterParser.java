package io.odp4j.datapath.flow.filter;

import io.odp4j.datapath.flow.Literal;
import io.odp4j.datapath.flow.text.PortNames;
import java.util.ArrayList;
import java.util.List;

/** Reads a filter by the grammar that the package's description has. */
final class FilterParser {
    /** Deeper text would only exhaust the stack. */
    private static final int MAX_DEPTH = 64;

    private static final String ADDRESS = "an address or a port's number";

    private final FilterLexer in;
    private final FilterValues values;
    private final List<Measure> measures;
    private int depth;

    FilterParser(String text, PortNames ports, List<Measure> measures) {
        this.in = new FilterLexer(text);
        this.values = new FilterValues(ports);
        this.measures = measures;
    }

    Expression parse() {
        if (in.atEnd()) {
            return Guard.NONE;
        }
        Expression all = disjunction();
        if (!in.atEnd()) {
            throw in.error(in.position(), "and, or, or the end");
        }
        return all;
    }

    private Expression disjunction() {
        List<Expression> parts = new ArrayList<>();
        do {
            parts.add(conjunction());
        } while (in.takeWord("or") || in.take("||"));
        return parts.size() == 1 ? parts.get(0) : new Expression.Any(List.copyOf(parts));
    }

    private Expression conjunction() {
        List<Expression> parts = new ArrayList<>();
        do {
            parts.add(factor());
        } while (in.takeWord("and") || in.take("&&") || in.take(","));
        return parts.size() == 1 ? parts.get(0) : new Expression.All(List.copyOf(parts));
    }

    private Expression factor() {
        if (++depth > MAX_DEPTH) {
            throw in.error(in.position(), "at most " + MAX_DEPTH + " levels");
        }
        Expression factor;
        if (in.takeWord("not") || in.take("!")) {
            factor = new Expression.Not(factor());
        } else if (in.take("(")) {
            factor = disjunction();
            expect(")");
        } else {
            factor = test();
        }
        depth--;
        return factor;
    }

    private void expect(String sign) {
        if (!in.take(sign)) {
            throw in.error(in.position(), "'" + sign + "'");
        }
    }

    private Expression test() {
        int start = in.position();
        String name = in.name();
        if (in.takeWord("in")) {
            expect("(");
            List<Expression> choices = new ArrayList<>();
            do {
                choices.add(compare(name, start, "="));
            } while (in.take(","));
            expect(")");
            return new Expression.Any(List.copyOf(choices));
        }
        int behind = in.position();
        String operator = in.comparison();
        if (operator != null) {
            return compare(name, start, operator);
        }
        Expression protocol = Guard.PROTOCOLS.get(name);
        if (protocol == null) {
            boolean field = FilterField.of(name) != null || measure(name) >= 0 || isEither(name);
            throw in.error(field ? behind : start, field ? "= or another comparison" : "a field");
        }
        return protocol;
    }

    private static boolean isEither(String name) {
        return name.equals("src") || name.equals("dst") || name.equals("host");
    }

    private int measure(String name) {
        for (int i = 0; i < measures.size(); i++) {
            if (measures.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private Expression compare(String name, int start, String operator) {
        int at = in.position();
        if (operator.equals("!=")) {
            return new Expression.Not(compare(name, start, "="));
        }
        FilterField field = FilterField.of(name);
        int measure = measure(name);
        boolean equal = operator.equals("=") || operator.equals("==");
        if (field == null && measure < 0 && !isEither(name)) {
            throw in.error(start, "a field");
        }
        if (!equal && (field == null ? measure < 0 : field.bits() > 64)) {
            throw in.error(at, "= or != here: " + name + " has no order");
        }
        String value = in.value();
        if (measure >= 0) {
            return measured(measure, operator, at, value);
        }
        if (field == null) {
            return either(name, at, value);
        }
        return equal ? equal(field, at, value) : ordered(field, operator, at, value);
    }

    private Expression equal(FilterField field, int at, String value) {
        Expression fragment =
                field.kind() == FilterField.Kind.FRAGMENT
                        ? FilterValues.fragment(field, value)
                        : null;
        if (fragment != null) {
            return fragment;
        }
        FilterValues.Masked masked = values.masked(field, value);
        if (masked == null) {
            throw in.error(at, expected(field));
        }
        return field.equal(masked.value(), masked.mask());
    }

    private static String expected(FilterField field) {
        return field.kind().text()
                + (field.kind() == FilterField.Kind.NUMBER
                        ? " of at most " + field.bits() + " bits"
                        : "");
    }

    private Expression ordered(FilterField field, String operator, int at, String value) {
        Literal limit = values.value(field, value);
        if (limit == null) {
            throw in.error(at, expected(field));
        }
        long[] range = range(operator, limit.low());
        return range == null ? new Expression.Not(Guard.NONE) : field.between(range[0], range[1]);
    }

    private Expression measured(int index, String operator, int at, String value) {
        Measure measure = measures.get(index);
        Long word = measure.words().get(value);
        Literal literal = word == null ? Literal.parse(value) : FilterValues.number(word);
        boolean number =
                literal != null && literal.kind() == Literal.Kind.NUMBER && literal.high() == 0;
        if (!number) {
            throw in.error(
                    at,
                    measure.words().isEmpty()
                            ? "a number"
                            : "one of " + String.join(", ", measure.words().keySet()));
        }
        long[] range = range(operator, literal.low());
        return range == null
                ? new Expression.Not(Guard.NONE)
                : new Expression.Measured(index, range[0], range[1]);
    }

    /** The numbers that an operator leaves, as unsigned ones; null if there are none. */
    private static long[] range(String operator, long limit) {
        return switch (operator) {
            case "<" -> limit == 0 ? null : new long[] {0, limit - 1};
            case "<=" -> new long[] {0, limit};
            case ">" -> limit == -1 ? null : new long[] {limit + 1, -1};
            case ">=" -> new long[] {limit, -1};
            default -> new long[] {limit, limit};
        };
    }

    /** src, dst and host: what is meant is told by the value. */
    private Expression either(String name, int at, String value) {
        if (name.equals("host")) {
            return Guard.any(either("src", at, value), either("dst", at, value));
        }
        String address = value.indexOf('/') < 0 ? value : value.substring(0, value.indexOf('/'));
        Literal literal = Literal.parse(address);
        if (literal == null) {
            throw in.error(at, ADDRESS);
        }
        return switch (literal.kind()) {
            case ETHERNET -> equal(FilterField.of("dl_" + name), at, value);
            case IPV4 ->
                    Guard.any(
                            equal(FilterField.of("nw_" + name), at, value),
                            equal(
                                    FilterField.of(name.equals("src") ? "arp_spa" : "arp_tpa"),
                                    at,
                                    value));
            case IPV6 -> equal(FilterField.of("ipv6_" + name), at, value);
            case NUMBER -> equal(FilterField.of("tp_" + name), at, value);
        };
    }
}
