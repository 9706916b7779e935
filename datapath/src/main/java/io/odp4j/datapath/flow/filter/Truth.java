package io.odp4j.datapath.flow.filter;

/** What a filter says of a flow: of all packets that it matches, of none, or of some perhaps. */
public enum Truth {
    NO,
    MAYBE,
    YES;

    static Truth of(boolean yes) {
        return yes ? YES : NO;
    }

    Truth not() {
        return this == MAYBE ? MAYBE : this == YES ? NO : YES;
    }

    /** The lesser of two. */
    Truth and(Truth other) {
        return compareTo(other) < 0 ? this : other;
    }

    /** The greater of two. */
    Truth or(Truth other) {
        return compareTo(other) > 0 ? this : other;
    }
}
