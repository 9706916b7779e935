package io.odp4j.datapath.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Acknowledgements, errors, the end of a dump, and what the kernel adds to them. */
class ErrorMessageTest {
    private static final byte[] TLVS =
            Wire.join(
                    Wire.attr(1, Wire.zeroEnded("Unknown key attributes")),
                    Wire.attr(2, Wire.u32(44)));
    private static final String SENTENCE =
            "flow put on ovs0 failed: EINVAL (Invalid argument): \"Unknown key attributes\""
                    + " at byte 44";

    @Test
    void shouldSayOperationNumberNameTextAndOffset() {
        byte[] request = Wire.message(0x20, 5, 1, 0, Wire.generic(1, 1), new byte[13]);
        byte[] error =
                Wire.message(
                        MessageHeader.ERROR,
                        MessageHeader.ACK_TLVS,
                        1,
                        7,
                        Wire.u32(-22),
                        Wire.padded(request),
                        TLVS);
        NetlinkException e = exception(error);
        assertThat(e).hasMessage(SENTENCE);
        assertThat(e.errno()).isEqualTo(22);
        assertThat(e.is(Errno.EINVAL)).isTrue();
        assertThat(e.extendedAck().offset()).isEqualTo(44);
    }

    @Test
    void shouldFindTheTlvsOfACappedError() {
        // The header in a capped error still says how long the request was.
        byte[] header = Wire.liar(4000, 0x20, 5, 1);
        byte[] error =
                Wire.message(
                        MessageHeader.ERROR,
                        MessageHeader.ACK_TLVS | MessageHeader.CAPPED,
                        1,
                        7,
                        Wire.u32(-22),
                        header,
                        TLVS);
        assertThat(exception(error)).hasMessage(SENTENCE);
    }

    @Test
    void shouldFindTheTlvsOfTheEndOfADump() {
        byte[] done =
                Wire.message(
                        MessageHeader.DONE,
                        MessageHeader.MULTI | MessageHeader.ACK_TLVS,
                        1,
                        7,
                        Wire.u32(-22),
                        TLVS);
        assertThat(exception(done)).hasMessage(SENTENCE);
    }

    @Test
    void shouldTakeAnOldEndOfADumpWithoutStatusForSuccess() {
        assertThat(ErrorMessage.errno(Wire.read(Wire.message(MessageHeader.DONE, 2, 1, 7))))
                .isZero();
    }

    @Test
    void shouldReadTheCookieOfASuccess() {
        byte[] ack =
                Wire.message(
                        MessageHeader.ERROR,
                        MessageHeader.ACK_TLVS | MessageHeader.CAPPED,
                        1,
                        7,
                        Wire.u32(0),
                        Wire.message(0x20, 5, 1, 0),
                        Wire.attr(3, Wire.u64(5)));
        MessageReader reader = Wire.read(ack);
        assertThat(ErrorMessage.errno(reader)).isZero();
        assertThat(ErrorMessage.extendedAck(reader).cookie()).isEqualTo(Wire.u64(5));
    }

    @Test
    void shouldSayWhichAttributeIsMissingAndWhatPolicyWasViolated() {
        byte[] missing = error(-22, Wire.attr(5, Wire.u32(2)), Wire.attr(6, Wire.u32(20)));
        assertThat(exception(missing).getMessage())
                .endsWith("(Invalid argument), attribute 2 is missing in the nest at byte 20");
        byte[] policy =
                error(
                        -34,
                        Wire.attr(2, Wire.u32(20)),
                        Wire.attr(
                                0x8004,
                                Wire.attr(1, Wire.u32(4)),
                                Wire.attr(4, Wire.u64(1)),
                                Wire.attr(11),
                                Wire.attr(5, Wire.u64(255))));
        assertThat(exception(policy).getMessage())
                .endsWith(
                        "ERANGE (Numerical result out of range) at byte 20, must be u32 from 1 to 255");
        byte[] length =
                error(
                        -34,
                        Wire.attr(0x8004, Wire.attr(1, Wire.u32(12)), Wire.attr(7, Wire.u32(15))));
        assertThat(exception(length).getMessage())
                .endsWith("must be nul-string of at most 15 bytes");
        byte[] signed =
                error(
                        -34,
                        Wire.attr(
                                0x8004,
                                Wire.attr(1, Wire.u32(8)),
                                Wire.attr(2, Wire.u64(-5)),
                                Wire.attr(12, Wire.u64(0xff))));
        assertThat(exception(signed).getMessage())
                .endsWith("must be s32 of at least -5 within 0xff");
    }

    @Test
    void shouldKeepAHostileTextInOneLine() {
        byte[] error = error(-1, Wire.attr(1, Wire.zeroEnded("no\nroot: \u001b[31mok")));
        assertThat(exception(error).getMessage()).endsWith("\"no\\u000aroot: \\u001b[31mok\"");
    }

    @Test
    void shouldNameAnErrorWithoutAName() {
        assertThat(new NetlinkException("link get", 512)).hasMessage("link get failed: errno 512");
    }

    @Property
    void shouldRefuseNumbersThatAreNoErrors(@ForAll int error) {
        MessageReader reader = Wire.read(error(error));
        if (error <= 0 && error >= -4095) {
            assertThat(ErrorMessage.errno(reader)).isEqualTo(-error);
        } else {
            assertThatThrownBy(() -> ErrorMessage.errno(reader))
                    .isInstanceOf(NetlinkFormatException.class);
        }
    }

    @Property
    void shouldRefuseARequestThatClaimsMoreThanThereIs(
            @ForAll int length, @ForAll @IntRange(max = 64) int payload) {
        byte[] error =
                Wire.message(
                        MessageHeader.ERROR,
                        MessageHeader.ACK_TLVS,
                        1,
                        7,
                        Wire.u32(-22),
                        Wire.liar(length, 0x20, 0, 1),
                        new byte[payload]);
        if (length < 16 || length > 16 + payload) {
            assertThatThrownBy(() -> ErrorMessage.extendedAck(Wire.read(error)))
                    .isInstanceOf(NetlinkFormatException.class);
        }
    }

    @Property
    void shouldAnswerHostileTlvsWithAFormatExceptionAtMost(
            @ForAll @Size(max = 64) byte[] tlvs, @ForAll boolean done) {
        byte[] bytes =
                done
                        ? Wire.message(MessageHeader.DONE, 0x202, 1, 7, Wire.u32(-22), tlvs)
                        : error(-22, tlvs);
        try {
            assertThat(ErrorMessage.extendedAck(Wire.read(bytes)).describe()).doesNotContain("\n");
        } catch (NetlinkFormatException e) {
            assertThat(e.offset()).isBetween(0, bytes.length);
        }
    }

    @Test
    void shouldRefuseAnErrorWithoutANumber() {
        MessageReader cut = Wire.read(Wire.message(MessageHeader.ERROR, 0, 1, 7, new byte[3]));
        assertThatThrownBy(() -> ErrorMessage.errno(cut))
                .isInstanceOf(NetlinkFormatException.class);
    }

    private static byte[] error(int error, byte[]... tlvs) {
        return Wire.message(
                MessageHeader.ERROR,
                MessageHeader.ACK_TLVS | MessageHeader.CAPPED,
                1,
                7,
                Wire.u32(error),
                Wire.message(0x20, 5, 1, 0),
                Wire.join(tlvs));
    }

    private static NetlinkException exception(byte[] message) {
        MessageReader reader = Wire.read(message);
        return new NetlinkException(
                "flow put on ovs0", ErrorMessage.errno(reader), ErrorMessage.extendedAck(reader));
    }
}
