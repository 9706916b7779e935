package io.odp4j.flowcache.rule;

import java.util.List;

/**
 * What a {@code ct} action asks of the connection tracker.
 *
 * @param commit whether the connection is to be committed
 * @param force whether one of the other direction is replaced
 * @param zone the zone, or where to read it from if {@code zoneField} is there
 * @param zoneField null for a constant zone
 * @param table where the packet goes on after it; -1: nowhere
 * @param nat address translation, or null
 * @param exec writes to ct_mark and ct_label
 * @param helper name of a helper, or null
 */
public record CtSpec(
        boolean commit,
        boolean force,
        int zone,
        OpenFlowAction.Subfield zoneField,
        int table,
        Nat nat,
        List<OpenFlowAction> exec,
        String helper) {

    /** Which end of the connection is translated. */
    public enum NatKind {
        /** Whatever the connection was committed with. */
        EXISTING,
        SRC,
        DST
    }

    /**
     * Address translation.
     *
     * @param low lowest address as text, or null for any
     * @param high highest address, or null if there is but one
     * @param portLow lowest port, 0 for any
     * @param portHigh highest port, 0 if there is but one
     * @param flags persistent, hash, random
     */
    public record Nat(
            NatKind kind, String low, String high, int portLow, int portHigh, List<String> flags) {
        /** As rules and the datapath's text both have it. */
        @Override
        public String toString() {
            if (kind == NatKind.EXISTING) {
                return "nat";
            }
            StringBuilder text = new StringBuilder(kind == NatKind.SRC ? "nat(src" : "nat(dst");
            if (low != null) {
                text.append('=').append(bracketed(low));
                text.append(high == null ? "" : "-" + bracketed(high));
                text.append(portLow == 0 ? "" : ":" + portLow);
                text.append(portHigh == 0 ? "" : "-" + portHigh);
            }
            flags.forEach(flag -> text.append(',').append(flag));
            return text.append(')').toString();
        }

        private String bracketed(String address) {
            return portLow != 0 && address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        }
    }
}
