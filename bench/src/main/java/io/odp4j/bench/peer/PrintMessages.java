package io.odp4j.bench.peer;

import io.odp4j.bench.jmh.Messages;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Prints what the suites work on, for another program to work on the same: a line per packet, the
 * key's text, a tab, the frame in hexadecimal digits.
 */
public final class PrintMessages {
    private static final int KEY_OFFSET = 28;

    private PrintMessages() {}

    public static void main(String[] args) {
        Messages messages = new Messages(1);
        FlowFormatter formatter = new FlowFormatter(FlowTextOptions.MORE);
        byte[] frame = new byte[Messages.FRAME_LENGTH];
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Messages.COUNT; i++) {
            int at = i * Messages.SLOT + KEY_OFFSET;
            int length = (messages.upcalls().getShort(at - 4) & 0xffff) - 4;
            formatter.format(out, messages.upcalls(), at, length);
            messages.frames().get(i * Messages.SLOT, frame);
            out.append('\t').append(HexFormat.of().formatHex(frame)).append('\n');
        }
        try (PrintStream to = new PrintStream(System.out, false, StandardCharsets.UTF_8)) {
            to.print(out);
        }
    }
}
