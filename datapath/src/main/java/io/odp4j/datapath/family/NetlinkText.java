package io.odp4j.datapath.family;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message's bytes out of what people paste: hexadecimal digits, with or without blanks, colons
 * and offsets as tcpdump and xxd write them, or a line of {@code strace -e raw} or {@code -x},
 * whose longest string in quotes is taken with its escapes.
 */
public final class NetlinkText {
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern OFFSET = Pattern.compile("(?m)^\\s*(?:0x)?[0-9a-fA-F]{4,8}:\\s+");

    /** Behind the bytes of a line the same in characters, if they could not be digits too. */
    private static final Pattern COMMENT =
            Pattern.compile("(?m)[ \\t]{2,}(?![0-9a-fA-F ]+$)\\S.{0,17}$");

    private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]*");

    private NetlinkText() {}

    /** The bytes; null if the text has none. */
    public static byte[] bytes(String text) {
        String longest = "";
        for (Matcher quoted = QUOTED.matcher(text); quoted.find(); ) {
            longest = quoted.group(1).length() > longest.length() ? quoted.group(1) : longest;
        }
        return longest.isEmpty() ? digits(text) : escaped(longest);
    }

    private static byte[] digits(String text) {
        String rest = text;
        if (OFFSET.matcher(text).find()) {
            rest = COMMENT.matcher(OFFSET.matcher(text).replaceAll("")).replaceAll("");
        }
        rest = rest.replaceAll("0x|[\\s:,]", "");
        if (rest.isEmpty() || rest.length() % 2 != 0 || !DIGITS.matcher(rest).matches()) {
            return null;
        }
        return HexFormat.of().parseHex(rest);
    }

    /** A string of C: {@code \x34\24\0\n}. */
    private static byte[] escaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at++);
            if (c != '\\' || at == text.length()) {
                bytes.write(c);
                continue;
            }
            char kind = text.charAt(at++);
            if (kind == 'x') {
                int end = run(text, at, 2, 16);
                bytes.write(end > at ? Integer.parseInt(text.substring(at, end), 16) : 'x');
                at = end;
            } else if (kind >= '0' && kind <= '7') {
                int end = run(text, at - 1, 3, 8);
                bytes.write(Integer.parseInt(text.substring(at - 1, end), 8));
                at = end;
            } else {
                int named = "abtnvfr".indexOf(kind);
                bytes.write(named < 0 ? kind : 7 + named);
            }
        }
        return bytes.toByteArray();
    }

    private static int run(String text, int from, int most, int radix) {
        int end = from;
        while (end < text.length()
                && end < from + most
                && text.charAt(end) < 128
                && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }
}
