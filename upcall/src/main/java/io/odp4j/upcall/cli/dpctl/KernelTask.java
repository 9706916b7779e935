package io.odp4j.upcall.cli.dpctl;

/** A command that talks to the kernel. */
abstract class KernelTask extends Task {
    @Override
    final int run(Output out) throws Exception {
        check();
        try (Session session = Session.open(options)) {
            return run(session, out);
        }
    }

    /** Throws if the words are not what the command takes. */
    abstract void check();

    /**
     * Does the work.
     *
     * @return the exit status
     */
    abstract int run(Session session, Output out) throws Exception;
}
