package io.odp4j.upcall.repl.view;

import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ports that a target has now, out of {@code dpctl/show}. */
public final class TargetPorts {
    private static final Pattern PORT = Pattern.compile("(?m)^\\s+port (\\d+): (\\S+)");

    private TargetPorts() {}

    /** Numbers by name; none if the target cannot be asked. */
    public static Map<String, Integer> of(Target target)
            throws IOException, ControlException, InterruptedException {
        return target.commands().containsKey("dpctl/show")
                ? parse(target.run("dpctl/show", List.of()))
                : Map.of();
    }

    /** Reads the answer of dpctl/show. */
    public static Map<String, Integer> parse(String shown) {
        Map<String, Integer> numbers = new TreeMap<>();
        for (Matcher port = PORT.matcher(shown); port.find(); ) {
            numbers.put(port.group(2), Integer.parseInt(port.group(1)));
        }
        return numbers;
    }

    /** As names for keys and actions. */
    static PortNames names(Target target)
            throws IOException, ControlException, InterruptedException {
        return PortNames.of(of(target));
    }
}
