package io.odp4j.upcall.repl.view;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All views by their names. */
public final class Views {
    private static final Map<String, Supplier<View>> ALL = new TreeMap<>();

    static {
        ALL.put("decode", DecodeView::new);
        ALL.put("flows", FlowsView::new);
        ALL.put("packet", PacketView::new);
        ALL.put("top", TopView::new);
        ALL.put("upcalls", UpcallsView::new);
    }

    private Views() {}

    /** A fresh one; null if there is none of that name. */
    public static View named(String name) {
        Supplier<View> maker = ALL.get(name);
        return maker == null ? null : maker.get();
    }

    /** The names, each with its options and words. */
    public static Map<String, String> usages() {
        Map<String, String> usages = new TreeMap<>();
        ALL.forEach(
                (name, maker) ->
                        usages.put(
                                name, maker.get().usage().replaceFirst("^" + name + "\\s*", "")));
        return usages;
    }
}
