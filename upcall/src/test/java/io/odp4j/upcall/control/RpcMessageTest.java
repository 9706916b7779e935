package io.odp4j.upcall.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpcMessageTest {
    @Property(tries = 300)
    void shouldReadRequestsAsTheyWereWritten(
            @ForAll String method, @ForAll @Size(max = 5) List<String> params)
            throws RpcSyntaxException {
        RpcRequest request =
                new RpcRequest(
                        "17", sane(method), params.stream().map(RpcMessageTest::sane).toList());
        assertThat(RpcRequest.parse(request.encode())).isEqualTo(request);
    }

    @Property(tries = 300)
    void shouldReadRepliesAsTheyWereWritten(@ForAll String text, @ForAll boolean failed)
            throws RpcSyntaxException {
        RpcReply reply =
                failed ? RpcReply.error("\"a\"", sane(text)) : RpcReply.result("3", sane(text));
        assertThat(RpcReply.parse(reply.encode())).isEqualTo(reply);
    }

    @Test
    void shouldReadARequestAsOpenVswitchWritesIt() throws RpcSyntaxException {
        assertThat(request("{\"id\":0,\"method\":\"vlog/set\",\"params\":[\"dbg\",\"é\"]}"))
                .isEqualTo(new RpcRequest("0", "vlog/set", List.of("dbg", "é")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | without \"method\"",
                "{\"method\":1} | expected a string in \"method\", found VALUE_NUMBER_INT",
                "{\"method\":\"a\",\"params\":{}} | expected \"params\" to be an array",
                "{\"method\":\"a\",\"params\":[1]} | expected a string in \"params\"",
                "{\"method\":\"a\",\"id\":[]} | \"id\" is neither a number nor a string",
                "{\"method\":a} | no JSON:",
                "{\"method\":\"a\"]} | no JSON:",
                "[] | expected an object",
            })
    void shouldSayWhatIsWrongWithARequest(String text, String why) {
        assertThatThrownBy(() -> request(text))
                .isInstanceOf(RpcSyntaxException.class)
                .hasMessageContaining(why);
    }

    @Test
    void shouldRefuseDepthWithoutAnOverflow() {
        String deep = "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        assertThatThrownBy(() -> request(deep))
                .isInstanceOf(RpcSyntaxException.class)
                .hasMessageContaining("nesting depth");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"id\":0}", "{\"result\":\"a\",\"error\":\"b\"}", "{\"result\":[1]}"})
    void shouldRefuseAReplyThatAnswersNothing(String text) {
        assertThatThrownBy(() -> RpcReply.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RpcSyntaxException.class);
    }

    private static RpcRequest request(String text) throws RpcSyntaxException {
        return RpcRequest.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Half of a surrogate pair has no bytes in UTF-8. */
    private static String sane(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
