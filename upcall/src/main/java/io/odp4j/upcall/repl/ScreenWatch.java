package io.odp4j.upcall.repl;

import io.odp4j.upcall.control.ControlException;
import java.io.IOException;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * Watches on a terminal, as watch(1) does: what differs from the answer before is shown in reverse;
 * q or Ctrl-C ends it; a window that changes its size is filled anew at once.
 */
final class ScreenWatch implements Watch {
    private static final long KEY_POLL_MILLIS = 100;
    private static final int END_OF_TEXT = 3;

    private final Terminal terminal;

    ScreenWatch(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run(String title, double seconds, Question question)
            throws IOException, ControlException, InterruptedException {
        Attributes before = terminal.enterRawMode();
        Attributes keys = new Attributes(terminal.getAttributes());
        keys.setLocalFlag(Attributes.LocalFlag.ISIG, false);
        terminal.setAttributes(keys);
        terminal.puts(Capability.enter_ca_mode);
        try {
            String[] last = null;
            boolean more = true;
            while (more) {
                String[] lines = question.ask().split("\n", -1);
                draw(title, seconds, lines, last);
                more = pause(title, seconds, lines, last);
                last = lines;
            }
        } finally {
            terminal.puts(Capability.exit_ca_mode);
            terminal.setAttributes(before);
            terminal.flush();
        }
    }

    /** Waits for the next round; false if the user ends it. */
    private boolean pause(String title, double seconds, String[] lines, String[] last)
            throws IOException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int width = terminal.getWidth();
        int height = terminal.getHeight();
        while (System.nanoTime() < end) {
            int key = terminal.reader().read(KEY_POLL_MILLIS);
            if (key == 'q' || key == END_OF_TEXT || key == NonBlockingReader.EOF) {
                return false;
            }
            if (terminal.getWidth() != width || terminal.getHeight() != height) {
                width = terminal.getWidth();
                height = terminal.getHeight();
                draw(title, seconds, lines, last);
            }
        }
        return true;
    }

    private void draw(String title, double seconds, String[] lines, String[] last) {
        int width = Math.max(1, terminal.getWidth());
        int room = Math.max(1, terminal.getHeight() - 2);
        terminal.puts(Capability.clear_screen);
        String head = String.format("Every %.1f s: %s", seconds, title);
        String time = LocalTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
        int gap = Math.max(1, width - head.length() - time.length());
        print(new AttributedString(head + " ".repeat(gap) + time), width, true);
        for (int i = 0; i < lines.length && i < room; i++) {
            String old = last == null ? lines[i] : i < last.length ? last[i] : "";
            print(marked(lines[i], old), width, i + 1 < Math.min(room, lines.length));
        }
        terminal.flush();
    }

    private void print(AttributedString line, int width, boolean end) {
        line.columnSubSequence(0, width).print(terminal);
        if (end) {
            terminal.writer().write("\r\n");
        }
    }

    /** A line with the characters in reverse that were others before. */
    static AttributedString marked(String line, String before) {
        AttributedStringBuilder marked = new AttributedStringBuilder();
        for (int i = 0; i < line.length(); i++) {
            boolean same = i < before.length() && before.charAt(i) == line.charAt(i);
            marked.style(same ? AttributedStyle.DEFAULT : AttributedStyle.INVERSE);
            marked.append(line.charAt(i));
        }
        return marked.toAttributedString();
    }
}
