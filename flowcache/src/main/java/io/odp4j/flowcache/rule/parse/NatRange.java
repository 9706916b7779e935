package io.odp4j.flowcache.rule.parse;

import io.odp4j.flowcache.rule.CtSpec;
import io.odp4j.flowcache.rule.field.Ipv6Words;
import io.odp4j.flowcache.rule.field.ValueParser;
import java.util.List;

/** Reads {@code address[-address][:port[-port]]}, IPv6 addresses in brackets where ports follow. */
final class NatRange {
    private final Item item;

    NatRange(Item item) {
        this.item = item;
    }

    CtSpec.Nat parse(CtSpec.NatKind kind, String range, List<String> flags)
            throws RuleSyntaxException {
        if (range == null || range.isEmpty()) {
            return new CtSpec.Nat(kind, null, null, 0, 0, flags);
        }
        String addresses = range;
        String ports = "";
        int bracket = range.lastIndexOf(']');
        int colon =
                bracket >= 0
                        ? range.indexOf(':', bracket)
                        : range.indexOf('.') >= 0 ? range.indexOf(':') : -1;
        if (colon >= 0) {
            addresses = range.substring(0, colon);
            ports = range.substring(colon + 1);
        }
        String[] ends = addresses.replace("[", "").replace("]", "").split("-", -1);
        String[] numbers = ports.split("-", -1);
        if (ends.length > 2 || numbers.length > 2) {
            throw item.valueFault("a range has two ends");
        }
        for (String end : ends) {
            check(end);
        }
        return new CtSpec.Nat(
                kind,
                ends[0],
                ends.length == 2 ? ends[1] : null,
                ports.isEmpty() ? 0 : item.number(numbers[0], 0xffff),
                numbers.length == 2 ? item.number(numbers[1], 0xffff) : 0,
                flags);
    }

    private void check(String address) throws RuleSyntaxException {
        try {
            if (address.indexOf(':') >= 0) {
                Ipv6Words.parse(address);
            } else {
                ValueParser.ipv4(address);
            }
        } catch (NumberFormatException e) {
            throw item.valueFault(address + " is no address");
        }
    }
}
