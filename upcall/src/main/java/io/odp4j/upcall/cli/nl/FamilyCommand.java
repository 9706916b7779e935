package io.odp4j.upcall.cli.nl;

import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.family.FamilyEvents;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.upcall.cli.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;

/** A family without an operation: prints what it tells. */
final class FamilyCommand extends NlCommand {
    private final FamilySpec family;

    FamilyCommand(FamilySpec family) {
        this.family = family;
    }

    @Override
    int run(JsonLines out) throws IOException {
        if (!has("--monitor")) {
            throw new CommandLine.ParameterException(
                    commandLine(), "an operation of " + family.name() + " is missing");
        }
        List<String> groups = words("--group");
        FamilyEvents.Listener listener =
                new FamilyEvents.Listener() {
                    @Override
                    public void event(FamilyEvents.Event event) {
                        print(event, out);
                    }

                    @Override
                    public void lost() {
                        System.err.println("odp4j: events were lost");
                    }
                };
        try (FamilyEvents events = FamilyEvents.open(List.of(family), groups, has("--all-nsid"))) {
            while (true) {
                events.socket().awaitReadable(-1);
                events.poll(listener);
                out.flush();
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void print(FamilyEvents.Event event, JsonLines out) {
        try {
            if (out.isJson()) {
                out.value(json -> write(event, json));
            } else {
                String from = event.namespaceId() < 0 ? "" : "nsid=" + event.namespaceId() + " ";
                out.line(from + event.operation().name() + " " + event.attributes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(FamilyEvents.Event event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("event", event.operation().name());
        json.writeNumberField("group", event.group());
        if (event.namespaceId() >= 0) {
            json.writeNumberField("nsid", event.namespaceId());
        }
        json.writeFieldName("object");
        AttributeJson.write(event.attributes(), json);
        json.writeEndObject();
    }
}
