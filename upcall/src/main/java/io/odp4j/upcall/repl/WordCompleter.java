package io.odp4j.upcall.repl;

import io.odp4j.upcall.control.ControlException;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Completes the first word to commands, others to what stands in their place: options, datapaths
 * and ports as they are now, fields and actions behind a comma or parenthesis.
 */
final class WordCompleter implements Completer {
    private static final Pattern PORT = Pattern.compile("(?m)^\\s+port (\\d+): (\\S+)");
    private static final Pattern DATAPATH = Pattern.compile("(?m)^(\\S+):$");
    private static final List<String> OPTIONS = List.of("--json", "--names", "-m", "-s");

    private final Target target;

    WordCompleter(Target target) {
        this.target = target;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        try {
            if (line.wordIndex() == 0) {
                commands(candidates, true);
            } else if (List.of("help", "watch", "send").contains(line.words().get(0))) {
                commands(candidates, false);
                if (line.words().get(0).equals("help")) {
                    Reference.load().names().forEach(name -> add(candidates, name, "", true));
                }
            } else {
                arguments(line.word().substring(0, line.wordCursor()), candidates);
            }
        } catch (IOException | ControlException e) {
            // A target out of reach has nothing to offer; running a command says why.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commands(List<Candidate> candidates, boolean builtIn)
            throws IOException, ControlException, InterruptedException {
        SortedMap<String, String> commands = target.commands();
        commands.forEach((name, usage) -> add(candidates, name, usage, true));
        for (String name : commands.keySet()) {
            String brief = name.substring(name.indexOf('/') + 1);
            if (!commands.containsKey(brief)) {
                add(candidates, brief, commands.get(name), true);
            }
        }
        if (builtIn) {
            Repl.builtIn().forEach((name, usage) -> add(candidates, name, usage, true));
        }
    }

    private void arguments(String word, List<Candidate> candidates)
            throws IOException, ControlException, InterruptedException {
        int piece = 1 + Math.max(word.lastIndexOf(','), word.lastIndexOf('('));
        String before = word.substring(0, piece);
        if (word.startsWith("-")) {
            OPTIONS.forEach(option -> add(candidates, option, "", true));
            return;
        }
        for (String name : Reference.load().names()) {
            add(candidates, before + name, "", false);
        }
        if (!target.commands().containsKey("dpctl/show")) {
            return;
        }
        String shown = target.run("dpctl/show", List.of());
        for (Matcher port = PORT.matcher(shown); port.find(); ) {
            add(candidates, before + port.group(2), "port " + port.group(1), false);
        }
        for (Matcher name = DATAPATH.matcher(shown); piece == 0 && name.find(); ) {
            add(candidates, name.group(1), "datapath", true);
        }
    }

    private static void add(
            List<Candidate> candidates, String word, String description, boolean complete) {
        String shown = description.isEmpty() ? null : description;
        candidates.add(new Candidate(word, word, null, shown, null, null, complete));
    }
}
