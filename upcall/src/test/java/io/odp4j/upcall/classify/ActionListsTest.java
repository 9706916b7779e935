package io.odp4j.upcall.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ActionListsTest {
    private record User(int id, byte[] list) {}

    /** Random users come and go; each must find its own list, and equal lists one number. */
    @Property(tries = 200)
    void shouldGiveEveryUserItsListAndEqualListsOnce(
            @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 60) Integer> steps) {
        ActionLists lists = new ActionLists();
        List<User> users = new ArrayList<>();
        for (int step : steps) {
            if (step > 40 && !users.isEmpty()) {
                lists.release(users.remove(step % users.size()).id());
            } else {
                byte[] list = new byte[step / 3 * 4];
                java.util.Arrays.fill(list, (byte) (step % 3));
                ByteBuffer buffer =
                        ByteBuffer.allocate(list.length + 8)
                                .order(ByteOrder.nativeOrder())
                                .put(8, list);
                users.add(new User(lists.acquire(buffer, 8, list.length), list));
            }
            for (User user : users) {
                assertThat(lists.get(user.id())).isEqualTo(user.list());
            }
            for (User a : users) {
                for (User b : users) {
                    assertThat(a.id() == b.id())
                            .isEqualTo(java.util.Arrays.equals(a.list(), b.list()));
                }
            }
        }
    }
}
