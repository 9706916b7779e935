package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.ovs.Meter;
import java.util.ArrayList;
import java.util.List;

/** A meter in words, as ovs-ofctl(8) takes it: {@code meter=1,kbps,band=type=drop,rate=1000}. */
final class MeterText {
    private static final long MOST = 0xffffffffL;

    /** A meter to be made. */
    record Wanted(int id, boolean kbps, List<Meter.Band> bands) {}

    private int id = -1;
    private boolean hasId;
    private boolean kbps = true;
    private boolean inBand;
    private long rate = -1;
    private long burst;
    private final List<Meter.Band> bands = new ArrayList<>();

    private MeterText() {}

    static Wanted parse(String text) throws DpctlException {
        MeterText meter = new MeterText();
        for (String term : text.split("[,\\s]+")) {
            meter.term(term);
        }
        meter.endBand();
        if (!meter.hasId) {
            throw new DpctlException("a meter without number: meter=N is missing in " + text);
        }
        return new Wanted(meter.id, meter.kbps, meter.bands);
    }

    static int id(String word) throws DpctlException {
        return (int) number(word);
    }

    private void term(String term) throws DpctlException {
        String value = term.substring(term.lastIndexOf('=') + 1);
        if (term.equals("kbps") || term.equals("pktps")) {
            kbps = term.equals("kbps");
        } else if (term.equals("burst") || term.equals("stats")) {
            return; // the kernel always counts, and a band's burst is 0 unless told
        } else if (term.startsWith("meter=")) {
            id = id(value);
            hasId = true;
        } else if (term.matches("(bands?=)?type=drop")) {
            endBand();
            inBand = true;
        } else if (inBand && term.startsWith("rate=")) {
            rate = number(value);
        } else if (inBand && term.startsWith("burst_size=")) {
            burst = number(value);
        } else {
            throw new DpctlException(
                    term + " is no part of meter=N,kbps|pktps,band=type=drop,rate=R,burst_size=B");
        }
    }

    private void endBand() throws DpctlException {
        if (!inBand) {
            return;
        }
        if (rate < 0) {
            throw new DpctlException("a band without rate");
        }
        bands.add(Meter.Band.drop(rate, burst));
        rate = -1;
        burst = 0;
        inBand = false;
    }

    private static long number(String word) throws DpctlException {
        try {
            long number = Long.parseLong(word);
            if (number >= 0 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new DpctlException("a number of 0 to " + MOST + " is wanted, not " + word);
    }
}
