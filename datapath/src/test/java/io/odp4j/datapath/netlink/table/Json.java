package io.odp4j.datapath.netlink.table;

/** JSON as maps, lists and strings, for tests of other packages. */
public final class Json {
    private Json() {}

    public static Object parse(String text) {
        return JsonTree.parse(text);
    }
}
