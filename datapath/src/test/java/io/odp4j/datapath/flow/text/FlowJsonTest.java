package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlowJsonTest {
    private static String json(String key, String actions) throws Exception {
        FlowParser.Flow flow = new FlowParser().parse(key);
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            FlowJson.writeFields(
                    flow.ufid(), flow.key(), flow.mask(), new ActionParser().parse(actions), json);
            json.writeEndObject();
        }
        return text.toString();
    }

    @Test
    void shouldKeepTheOrderOfActionsAndNameEveryField() throws Exception {
        assertThat(
                        json(
                                "ufid:00112233-4455-6677-8899-aabbccddeeff,in_port(1),"
                                        + "eth_type(0x800/0xff00),attr41(0a0b)",
                                "1,pop_vlan,2,clone(3,4),set(tcp(src=5)),"
                                        + "ct(commit,nat(src=10.0.0.1))"))
                .isEqualTo(
                        "{'ufid':'00112233-4455-6677-8899-aabbccddeeff',".replace('\'', '"')
                                + ("'key':{'in_port':1,'ethertype':2048,'attr41':'0a0b'},"
                                                + "'mask':{'in_port':4294967295,'ethertype':65280,"
                                                + "'attr41':'ffff'},'actions':[{'output':1},"
                                                + "{'pop_vlan':true},{'output':2},"
                                                + "{'clone':[{'output':3},{'output':4}]},"
                                                + "{'set_masked':{'tcp':["
                                                + "{'tcp_src':5,'tcp_dst':0},"
                                                + "{'tcp_src':65535,'tcp_dst':0}]}},"
                                                + "{'ct':{'commit':true,'nat':{'src':true,"
                                                + "'ip_min':'10.0.0.1'}}}]}")
                                        .replace('\'', '"'));
    }

    static java.util.List<Corpus.Recorded> recorded() {
        return Corpus.recorded();
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void shouldWriteEveryFlowThatAKernelHad(Corpus.Recorded row) throws Exception {
        PortNames names = PortNames.of(java.util.Map.of("textdp", 0));
        FlowParser.Flow flow = new FlowParser(names).parse(row.verboseKey());
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            FlowJson.writeFields(null, flow.key(), flow.mask(), null, json);
            FlowJson.writeFields(
                    null, null, null, new ActionParser(names).parse(row.verboseActions()), json);
            json.writeEndObject();
        }
        assertThat(text.toString()).startsWith("{\"key\":{").contains("\"actions\":[");
    }
}
