package io.odp4j.datapath.netlink.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv6TextTest {
    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "fe80:0:0:0:0:0:0:0, fe80::",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:0:0:0:c0a8:1, ::192.168.0.1",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    })
    void shouldPrintTheShortestForm(String address, String expected) throws Exception {
        assertThat(Ipv6Text.format(InetAddress.getByName(address).getAddress()))
                .isEqualTo(expected);
    }

    @Property
    void shouldReadBackAsTheSameAddress(@ForAll @Size(16) byte[] address) throws Exception {
        byte[] back = InetAddress.getByName(Ipv6Text.format(address)).getAddress();
        // The JDK turns a mapped address into its four bytes.
        assertThat(back.length == 4 ? java.util.Arrays.copyOfRange(address, 12, 16) : address)
                .isEqualTo(back);
    }
}
