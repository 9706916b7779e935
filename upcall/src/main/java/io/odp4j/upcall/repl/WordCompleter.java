package io.odp4j.upcall.repl;

import io.odp4j.datapath.flow.filter.Filter;
import io.odp4j.datapath.packet.craft.PacketCrafter;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.view.TargetPorts;
import io.odp4j.upcall.repl.view.View;
import io.odp4j.upcall.repl.view.Views;
import java.io.IOException;
import java.util.ArrayList;
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
    private static final Pattern DATAPATH = Pattern.compile("(?m)^(\\S+):$");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-z][-a-z]*");
    private static final Pattern UFID = Pattern.compile("(?m)^(ufid:[-0-9a-f]+)");
    private static final List<String> OPTIONS = List.of("--json", "--names", "-m", "-s");
    private static final Pattern OPEN_HEADER = Pattern.compile("([a-z0-9_]+)\\([^()]*$");
    private static final int MOST_UFIDS = 100;

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
                String command = line.words().get(0);
                arguments(command, line.word().substring(0, line.wordCursor()), candidates);
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

    private void arguments(String command, String word, List<Candidate> candidates)
            throws IOException, ControlException, InterruptedException {
        int piece = 1 + Math.max(word.lastIndexOf(','), word.lastIndexOf('('));
        String before = word.substring(0, piece);
        View view = Views.named(command);
        if (word.startsWith("-")) {
            options(command, view).forEach(option -> add(candidates, option, "", true));
            return;
        }
        if (view != null && view.isFiltered()) {
            filter(word, candidates);
            return;
        }
        if (view != null) {
            packet(word, before, candidates);
            return;
        }
        for (String name : Reference.load().names()) {
            add(candidates, before + name, "", false);
        }
        if (!target.commands().containsKey("dpctl/show")) {
            return;
        }
        if (word.startsWith("ufid:")) {
            ufids(candidates);
            return;
        }
        String shown = target.run("dpctl/show", List.of());
        TargetPorts.parse(shown)
                .forEach((name, port) -> add(candidates, before + name, "port " + port, false));
        for (Matcher name = DATAPATH.matcher(shown); piece == 0 && name.find(); ) {
            add(candidates, name.group(1), "datapath", true);
        }
    }

    /** Headers of a packet; within one its fields, or the ports. */
    private void packet(String word, String before, List<Candidate> candidates)
            throws IOException, ControlException, InterruptedException {
        Matcher header = OPEN_HEADER.matcher(word);
        if (!header.find()) {
            add(candidates, before + "in_port(", "port", false);
            PacketCrafter.headers()
                    .forEach((name, fields) -> add(candidates, before + name + "(", fields, false));
        } else if (header.group(1).equals("in_port")) {
            String start = word.substring(0, header.end(1) + 1);
            TargetPorts.of(target)
                    .forEach(
                            (name, port) ->
                                    add(candidates, start + name + ")", "port " + port, false));
        } else {
            String fields = PacketCrafter.headers().getOrDefault(header.group(1), "");
            for (String field : fields.split(",")) {
                add(candidates, before + field, "", false);
            }
        }
    }

    /** Words of a filter, and behind in_port= the ports. */
    private void filter(String word, List<Candidate> candidates)
            throws IOException, ControlException, InterruptedException {
        int value = word.lastIndexOf("in_port=") + "in_port=".length();
        if (value >= "in_port=".length()) {
            String before = word.substring(0, value);
            TargetPorts.of(target)
                    .forEach((name, port) -> add(candidates, before + name, "port " + port, true));
            return;
        }
        int piece = 1 + Math.max(word.lastIndexOf(','), word.lastIndexOf('('));
        for (String name : Filter.vocabulary()) {
            add(candidates, word.substring(0, piece) + name, "", false);
        }
    }

    /** A view's options, or those that a command's usage names, or the usual ones. */
    private List<String> options(String command, View view)
            throws IOException, ControlException, InterruptedException {
        if (view != null) {
            return view.options();
        }
        String usage =
                target.commands().getOrDefault(CommandList.resolve(command, target.commands()), "");
        List<String> options = new ArrayList<>();
        for (Matcher option = OPTION.matcher(usage); option.find(); ) {
            options.add(option.group());
        }
        OPTIONS.stream().filter(option -> !options.contains(option)).forEach(options::add);
        return options;
    }

    private void ufids(List<Candidate> candidates)
            throws IOException, ControlException, InterruptedException {
        String dump = target.run("dpctl/dump-flows", List.of("-m"));
        Matcher ufid = UFID.matcher(dump);
        for (int i = 0; i < MOST_UFIDS && ufid.find(); i++) {
            add(candidates, ufid.group(1), "", true);
        }
    }

    private static void add(
            List<Candidate> candidates, String word, String description, boolean complete) {
        String shown = description.isEmpty() ? null : description;
        candidates.add(new Candidate(word, word, null, shown, null, null, complete));
    }
}
