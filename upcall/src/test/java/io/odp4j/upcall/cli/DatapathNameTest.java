package io.odp4j.upcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.embedded.endpoint.EndpointFile;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatapathNameTest {
    @TempDir Path directory;

    @Test
    void shouldTakeANameWithoutATypeAsTheKernels() throws Exception {
        for (String text : new String[] {"br0", "system:br0"}) {
            DatapathName name = DatapathName.parse(text);
            assertThat(name.name()).isEqualTo("br0");
            assertThat(name.embedded()).isFalse();
            assertThat(name.endpoint()).isEqualTo(NetlinkEndpoint.KERNEL_GENERIC);
        }
    }

    @Test
    void shouldRefuseWhatNamesNothing() {
        for (String text : new String[] {"", "system:", "embedded:", "netdev:br0"}) {
            assertThatThrownBy(() -> DatapathName.parse(text))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("names no datapath");
        }
    }

    @Test
    void shouldSayWhoCouldServeAName() throws Exception {
        DatapathName name = DatapathName.parse("embedded:nobody-here");
        assertThat(name.embedded()).isTrue();
        assertThatThrownBy(name::endpoint)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("odp4j datapath --name nobody-here");
    }

    @Test
    void shouldReadTheFileThatItNames() throws Exception {
        Path file = directory.resolve("f");
        new EndpointFile("br7", 0xfedc_ba98, 12).write(file);
        assertThat(EndpointFile.read(file)).isEqualTo(new EndpointFile("br7", 0xfedc_ba98, 12));
        DatapathName name = DatapathName.parse("embedded:" + file);
        assertThat(name.name()).isEqualTo("br7");
        // Nobody answers at that port id.
        assertThat(name.process()).isEmpty();
    }

    @Test
    void shouldRefuseAFileThatIsNone() throws Exception {
        Path file = directory.resolve("f");
        assertThatThrownBy(() -> DatapathName.parse("embedded:" + file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such file");
        for (String text : new String[] {"", "name=x\n", "port_id=-1\npid=3\n"}) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> DatapathName.parse("embedded:" + file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is no file of an embedded datapath");
        }
    }
}
