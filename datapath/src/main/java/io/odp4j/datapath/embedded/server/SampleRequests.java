package io.odp4j.datapath.embedded.server;

import io.odp4j.datapath.embedded.message.Dump;
import io.odp4j.datapath.embedded.message.Handler;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.embedded.message.Request;
import io.odp4j.datapath.netlink.Errno;
import java.util.List;

/** The family psample, whose groups only samplers other than a datapath make: there are none. */
final class SampleRequests implements Handler {
    @Override
    public void handle(Request request) throws Refusal {
        throw new Refusal(Errno.EOPNOTSUPP);
    }

    @Override
    public Dump<?> dump(Request request) {
        return new Dump<>(request, List.of(), (w, group, flags, brief) -> {});
    }
}
