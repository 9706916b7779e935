package io.odp4j.bench.report;

import java.util.Locale;

/** Writes HTML: everything that is not a tag is escaped. */
final class Html {
    private final StringBuilder text = new StringBuilder();

    /** A tag as it stands. */
    Html tag(String tag) {
        text.append(tag);
        return this;
    }

    /** Text between tags, or in a quoted attribute. */
    Html text(String words) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                default -> text.append(c);
            }
        }
        return this;
    }

    /** An element with nothing but text in it. */
    Html element(String name, String words) {
        int space = name.indexOf(' ');
        return tag("<" + name + ">")
                .text(words)
                .tag("</" + (space < 0 ? name : name.substring(0, space)) + ">\n");
    }

    /** A number with as many digits as are worth reading. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value).replace(',', '\u2009');
        }
        if (size == 0 || size == Math.rint(size)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(
                Locale.ROOT, size >= 100 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }

    /** A number with its unit; times in what they are mostly said in. */
    static String figure(double value, String unit) {
        if (!unit.equals("ns") || value < 1000) {
            return number(value) + " " + unit;
        }
        if (value < 1e6) {
            return number(value / 1e3) + " µs";
        }
        return value < 1e9 ? number(value / 1e6) + " ms" : number(value / 1e9) + " s";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
