package io.odp4j.datapath.flow.text;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Names of a datapath's ports, for {@code --names} and for keys and actions that use names. */
public interface PortNames {
    /** Numbers only. */
    PortNames NONE =
            new PortNames() {
                @Override
                public String nameOf(int port) {
                    return null;
                }

                @Override
                public OptionalInt numberOf(String name) {
                    return OptionalInt.empty();
                }
            };

    /** The port's name, or null if it is not known: the number is then printed. */
    String nameOf(int port);

    /** The number of the port of that name. */
    OptionalInt numberOf(String name);

    /** The names of a fixed set of ports. */
    static PortNames of(Map<String, Integer> numbers) {
        Map<String, Integer> byName = Map.copyOf(numbers);
        Map<Integer, String> byNumber = new HashMap<>();
        byName.forEach((name, number) -> byNumber.put(number, name));
        return new PortNames() {
            @Override
            public String nameOf(int port) {
                return byNumber.get(port);
            }

            @Override
            public OptionalInt numberOf(String name) {
                Integer number = byName.get(name);
                return number == null ? OptionalInt.empty() : OptionalInt.of(number);
            }
        };
    }
}
