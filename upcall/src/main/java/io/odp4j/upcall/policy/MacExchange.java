package io.odp4j.upcall.policy;

import io.odp4j.flowcache.policy.MacTable;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Address tables of several shards, each told what the others learn.
 *
 * <p>A table is told before the packet that taught the others leaves, so that an answer to it finds
 * the address whichever shard decides about it. Only news, and now and then a sign of life, goes
 * around.
 */
final class MacExchange {
    /** Beyond these a member that does not read loses news, and floods where it need not. */
    private static final int MOST_WAITING = 1 << 16;

    private record News(int vlan, long mac, int port, boolean moved) {}

    private final List<Member> members = new CopyOnWriteArrayList<>();

    /** Has a table take part. */
    Member join(MacTable table) {
        Member member = new Member(table);
        members.add(member);
        table.setListener(member::tell);
        return member;
    }

    /** One table's place in the exchange; its methods are for the table's thread. */
    final class Member {
        private final MacTable table;
        private final Queue<News> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicInteger count = new AtomicInteger();

        private Member(MacTable table) {
            this.table = table;
        }

        private void tell(int vlan, long mac, int port, boolean moved) {
            News news = null;
            for (Member other : members) {
                if (other != this && other.count.get() < MOST_WAITING) {
                    news = news == null ? new News(vlan, mac, port, moved) : news;
                    other.count.incrementAndGet();
                    other.waiting.add(news);
                }
            }
        }

        /** Takes over what the others have learnt. */
        void listen() {
            News news;
            while ((news = waiting.poll()) != null) {
                count.decrementAndGet();
                table.accept(news.vlan(), news.mac(), news.port(), news.moved());
            }
        }
    }
}
