package io.odp4j.upcall.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TunnelSpecTest {
    @Test
    void shouldTakeTheKindFromTheNameAndTheRestFromDefaults() {
        TunnelSpec spec = TunnelSpec.parse("vxlan0,remote=10.0.0.2,key=flow");
        assertThat(spec.kind()).isEqualTo(TunnelKind.VXLAN);
        assertThat(spec.remote()).containsExactly(10, 0, 0, 2);
        assertThat(spec.keyOfFlow()).isTrue();
        assertThat(spec.udpPort()).isEqualTo(4789);
        assertThat(spec.ttl()).isEqualTo(64);
        assertThat(spec.isExternal()).isTrue();
        assertThat(TunnelSpec.parse("genev_sys_6081").kind()).isEqualTo(TunnelKind.GENEVE);
        assertThat(TunnelSpec.parse("ip6gre0").kind()).isEqualTo(TunnelKind.IP6GRE);
    }

    @Test
    void shouldReadWhatItWrites() {
        for (String text :
                new String[] {
                    "vxlan0,remote=10.0.0.2,key=flow",
                    "t0,type=geneve,remote=fd00::1,local=fd00::2,key=0xffffff,dst_port=7000,tos=4",
                    "gre0,remote=10.0.0.2,key=5,encap=gue,encap_port=5555,csum=true,df=false,ttl=1"
                }) {
            TunnelSpec spec = TunnelSpec.parse(text);
            assertThat(TunnelSpec.parse(spec.toString())).isEqualTo(spec);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eth0,remote=10.0.0.2 | does not start with its type",
                "vxlan0,remote | 'remote' is no key=value",
                "vxlan0,color=red | a tunnel has no color",
                "vxlan0,remote=host | no address of that form: host",
                "vxlan0,key=0x1000000 | keys have 24 bits",
                "vxlan0,key=-1 | -1 is no number of 0 to",
                "gre0,remote=fd00::1 | addresses of the other IP version",
                "vxlan0,remote=10.0.0.1,local=fd00::1 | of different IP versions",
                "gre0,dst_port=1 | gre has no dst_port",
                "vxlan0,encap=fou,encap_port=5 | encap is for type gre",
                "gre0,encap=fou,remote=10.0.0.1 | needs its encap_port",
                "gre0,encap=fou,encap_port=5 | cannot be flow",
                "gre0,encap=ipsec | encap is fou or gue",
                "vxlan0,ttl=0 | must not be 0",
                "vxlan0,csum=maybe | neither true nor false",
                "vxlan-with-a-long-name | 1 to 15 letters",
                "t0,type=wire | no tunnel type wire"
            })
    void shouldSayWhatIsWrong(String text, String reason) {
        assertThatThrownBy(() -> TunnelSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tunnel ")
                .hasMessageContaining(reason);
    }
}
