package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.upcall.cli.Output;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A command that turns inputs into answers, one line each: its words, or without words the lines of
 * standard input. A program can keep it running beside itself, and ask it line by line.
 *
 * <p>A bad word is told of on standard error, a bad line by a line of its own among the answers:
 * {@code error: ...}.
 */
abstract class LineTask extends Task {
    @Override
    int run(Output out) throws Exception {
        return words.isEmpty() ? lines(out) : words(out);
    }

    private int words(Output out) throws IOException {
        int status = 0;
        for (String word : words) {
            try {
                answer(word, out);
            } catch (FlowSyntaxException | NetlinkFormatException | DpctlException e) {
                error(e.getMessage());
                status = 1;
            }
        }
        return status;
    }

    private int lines(Output out) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int status = 0;
        for (String line; (line = in.readLine()) != null; ) {
            int start = out.text().length();
            try {
                answer(line, out);
            } catch (FlowSyntaxException e) {
                out.text().setLength(start);
                bad("expected " + e.expected(), e.offset() + 1, out);
                status = 1;
            } catch (NetlinkFormatException | DpctlException e) {
                out.text().setLength(start);
                bad(e.getMessage(), 0, out);
                status = 1;
            }
            if (!in.ready()) {
                out.flush(); // who asks may be waiting for this answer
            }
        }
        return status;
    }

    /**
     * Writes an error among the answers.
     *
     * @param column where in the line, 0 for nowhere
     */
    final void bad(String what, int column, Output out) throws IOException {
        if (options.json) {
            out.object(
                    json -> {
                        json.writeStringField("error", what);
                        if (column > 0) {
                            json.writeNumberField("column", column);
                        }
                    });
        } else {
            out.line("error: " + what + (column > 0 ? " at column " + column : ""));
        }
    }

    /** Answers one input, with one line. */
    abstract void answer(String input, Output out) throws IOException, DpctlException;
}
