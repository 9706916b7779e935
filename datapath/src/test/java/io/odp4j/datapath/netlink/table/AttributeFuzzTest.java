package io.odp4j.datapath.netlink.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.odp4j.datapath.netlink.MessageOverflowException;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Any bytes as attributes of any table; the first byte says of which. */
class AttributeFuzzTest {
    private static final List<AttributeTable> TABLES = KnownTables.withNested();

    @FuzzTest
    void shouldReadAnyAttributes(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        AttributeTable table = TABLES.get((bytes[0] & 0xff) % TABLES.size());
        AttributeList list;
        byte[] again;
        try {
            byte[] run = Arrays.copyOfRange(bytes, 1, bytes.length);
            list = AttributeCodecTest.decode(table, run);
            again = AttributeCodecTest.encode(list);
        } catch (NetlinkFormatException | MessageOverflowException e) {
            return;
        }
        assertThat(AttributeCodecTest.decode(table, again)).isEqualTo(list);
        assertThat(list.toString().chars()).noneMatch(Character::isISOControl);
        AttributeTextTest.json(list);
    }
}
