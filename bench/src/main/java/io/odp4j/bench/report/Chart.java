package io.odp4j.bench.report;

import java.util.List;
import java.util.TreeSet;

/**
 * A plot: lines of points over one horizontal axis.
 *
 * @param title what is shown
 * @param note what to know of it, a sentence; may be empty
 * @param horizontal its horizontal axis
 * @param vertical its vertical axis
 * @param lines at least one
 */
record Chart(String title, String note, Axis horizontal, Axis vertical, List<Line> lines) {
    /** How an axis is divided. */
    enum Scale {
        LINEAR,
        LOGARITHMIC,
        /** Each further nine of a percentile takes as much room as the one before. */
        PERCENTILE
    }

    /**
     * An axis.
     *
     * @param label with the unit
     */
    record Axis(String label, Scale scale) {}

    /**
     * A point; its value, and the lowest and highest of the samples behind it.
     *
     * @param x place on the horizontal axis: a percentile, where the scale is one
     */
    record Point(double x, double y, double low, double high) {}

    /**
     * Points of one kind.
     *
     * @param colour number of its colour: the same for the same subject
     * @param dash number of its dash: the same for the same result
     */
    record Line(String label, int colour, int dash, List<Point> points) {
        /** The point at a place, or null. */
        Point at(double x) {
            return points.stream().filter(point -> point.x == x).findFirst().orElse(null);
        }
    }

    /** Every place that any line has a point at. */
    TreeSet<Double> places() {
        TreeSet<Double> places = new TreeSet<>();
        lines.forEach(line -> line.points.forEach(point -> places.add(point.x)));
        return places;
    }
}
