package io.odp4j.datapath.netlink;

/** Takes the messages of a dump one by one, as they come. */
@FunctionalInterface
public interface DumpVisitor {
    /** One message; valid during the call alone. */
    void message(MessageReader message);

    /**
     * The kernel said that the objects changed while they were listed (NLM_F_DUMP_INTR), so that
     * some may be missing or doubled.
     *
     * @return true to be given the whole list again, having forgotten what came so far; false to
     *     keep it as it is
     */
    default boolean restart() {
        return false;
    }
}
