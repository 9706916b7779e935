package io.odp4j.upcall.repl.view;

import io.odp4j.datapath.family.Dialect;
import io.odp4j.datapath.family.MessageDecoder;
import io.odp4j.datapath.family.MessageOutline;
import io.odp4j.datapath.family.NetlinkText;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkFormatException;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.repl.Target;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decode}: a netlink message that somebody pasted. */
@Command(
        name = "decode",
        description = {
            "Takes a netlink message apart: every attribute with its offset, length, name and value.",
            "BYTES are hexadecimal digits, or a line of strace with escapes in quotes (put the line"
                    + " into single quotes)."
        })
final class DecodeView extends View {
    @Option(names = "--route", description = "It is rtnetlink; else generic netlink.")
    private boolean route;

    @Option(
            names = "--family",
            paramLabel = "NUMBER=NAME",
            description = {
                "What a type number means where the message comes from, such as 28=ovs_flow;",
                "a number that is not known is taken for the family that fits best."
            })
    private Map<String, String> families = Map.of();

    @Parameters(paramLabel = "BYTES", arity = "1..*", description = "The message.")
    private List<String> words = List.of();

    @Override
    public void run(Target target, PrintStream out, BooleanSupplier stopped)
            throws ControlException {
        byte[] bytes = NetlinkText.bytes(String.join(" ", words));
        if (bytes == null) {
            throw new ControlException("neither hexadecimal digits nor a string with escapes");
        }
        MessageDecoder decoder = new MessageDecoder(Dialect.LINUX);
        decoder.guessFamilies();
        try {
            families.forEach((number, name) -> decoder.learn(Integer.decode(number), name));
            ByteBuffer buffer =
                    ByteBuffer.allocateDirect(bytes.length)
                            .order(ByteOrder.nativeOrder())
                            .put(0, bytes);
            int protocol = route ? NetlinkEndpoint.ROUTE : NetlinkEndpoint.GENERIC;
            out.print(MessageOutline.of(protocol, buffer, decoder));
        } catch (NetlinkFormatException | NumberFormatException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }
}
