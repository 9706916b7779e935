package io.odp4j.flowcache.rule.field;

/** How the values of a field are written. */
public enum ValueFormat {
    /** Read decimal or {@code 0x} hexadecimal, written hexadecimal. */
    NUMBER,
    /** The same, written decimal. */
    DECIMAL,
    /** A port's number, or LOCAL, IN_PORT and the like. */
    PORT,
    /** {@code 00:11:22:33:44:55}. */
    MAC,
    /** {@code 10.0.0.1}, masks as addresses or prefix lengths. */
    IPV4,
    /** RFC 4291 text, masks as addresses or prefix lengths. */
    IPV6,
    /** {@code +trk-new}. */
    CT_STATE,
    /** {@code +syn-ack}. */
    TCP_FLAGS,
    /** {@code +oam}. */
    TUN_FLAGS,
    /** no, yes, first, later, not_later. */
    FRAG
}
