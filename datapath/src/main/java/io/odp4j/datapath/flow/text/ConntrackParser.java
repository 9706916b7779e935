package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The ct action: its parts may stand in any order and are written in the kernel's. */
final class ConntrackParser {
    private static final int HELPER_MOST = 15;
    private static final int TIMEOUT_MOST = 31;

    private final TextScanner in;
    private final KeyParser keys;
    private final NatParser nat;

    /** Value and mask of the label. */
    private final ByteBuffer label = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());

    private boolean commit;
    private boolean force;
    private boolean hasNat;
    private boolean hasZone;
    private int zone;
    private int mark;
    private int markMask;
    private boolean hasLabel;
    private boolean hasEventmask;
    private int eventmask;
    private String helper;
    private String timeout;
    private final UnknownRest rest;

    ConntrackParser(TextScanner in, KeyParser keys) {
        this.in = in;
        this.keys = keys;
        this.nat = new NatParser(in, keys.fields().addresses(), keys.unknown());
        this.rest = new UnknownRest(keys.unknown());
    }

    /** Reads what stands behind {@code ct}. */
    void read(MessageWriter out) {
        commit = false;
        force = false;
        hasNat = false;
        hasZone = false;
        markMask = 0;
        hasLabel = false;
        hasEventmask = false;
        helper = null;
        timeout = null;
        rest.clear();
        int start = in.position();
        if (in.take('(')) {
            for (in.skipDelimiters(); !in.take(')'); in.skipDelimiters()) {
                part();
            }
        }
        if (commit && force) {
            throw in.error(start, "only one of commit and force_commit");
        }
        write(out);
    }

    private void part() {
        if (in.take("commit")) {
            commit = true;
        } else if (in.take("force_commit")) {
            force = true;
        } else if (in.take("zone=")) {
            zone = (int) in.number(10) & 0xffff;
            hasZone = true;
        } else if (in.take("mark=")) {
            mark = (int) in.number(16);
            markMask = in.take('/') ? (int) in.number(16) : -1;
        } else if (in.take("label=")) {
            keys.label(label, 0, label, 16);
            hasLabel = (label.getLong(16) | label.getLong(24)) != 0;
        } else if (in.take("helper=")) {
            helper = word(HELPER_MOST);
        } else if (in.take("timeout=")) {
            timeout = word(TIMEOUT_MOST);
        } else if (in.take("eventmask=")) {
            eventmask = (int) in.number(0);
            hasEventmask = true;
        } else if (in.take("nat")) {
            nat.read();
            hasNat = true;
        } else if (!rest.read()) {
            throw in.error(
                    "commit, force_commit, zone=, mark=, label=, helper=, timeout=, eventmask=,"
                            + " nat or ')'");
        }
    }

    private String word(int most) {
        int length = 0;
        while (isPartOfName(in.peek(length))) {
            length++;
        }
        if (length == 0 || length > most) {
            throw in.error("a name of 1 to " + most + " characters");
        }
        String word = in.ahead(length);
        in.position(in.position() + length);
        return word;
    }

    /**
     * ASCII alone, as the kernel's modules name theirs: a character is then a byte, there and back.
     */
    private static boolean isPartOfName(char c) {
        return c > ' ' && c < 0x7f && c != ')' && !TextScanner.isDelimiter(c);
    }

    private void write(MessageWriter out) {
        int nest = out.beginPlainNest(ActionAttributes.CT.number());
        if (commit) {
            out.putFlag(ActionAttributes.CT_COMMIT.number());
        }
        if (force) {
            out.putFlag(ActionAttributes.CT_FORCE_COMMIT.number());
        }
        if (hasZone) {
            out.putU16(ActionAttributes.CT_ZONE.number(), zone);
        }
        if (markMask != 0) {
            int at = out.header(ActionAttributes.CT_MARK.number(), 8);
            out.buffer().putInt(at, mark);
            out.buffer().putInt(at + 4, markMask);
        }
        if (hasLabel) {
            out.putBytes(ActionAttributes.CT_LABELS.number(), label, 0, label.capacity());
        }
        if (helper != null) {
            out.putString(ActionAttributes.CT_HELPER.number(), helper);
        }
        if (hasEventmask) {
            out.putU32(ActionAttributes.CT_EVENTMASK.number(), eventmask);
        }
        if (timeout != null) {
            out.putString(ActionAttributes.CT_TIMEOUT.number(), timeout);
        }
        if (hasNat) {
            nat.write(out);
        }
        rest.appendTo(out);
        out.endNest(nest);
    }
}
