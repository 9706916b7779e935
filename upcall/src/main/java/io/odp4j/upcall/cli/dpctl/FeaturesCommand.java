package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.FeatureProbes;
import io.odp4j.upcall.cli.Output;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code features}: what the kernel's datapath can do. */
@Command(
        name = "features",
        customSynopsis = "odp4j dpctl features [dp]",
        description = {
            "Finds out what the kernel's datapath can do, as Open vSwitch does, by flows that no"
                    + " packet can take and that are deleted at once.",
            "The names are those of 'ovs-appctl dpif/show-dp-features', then those of features that"
                    + " it does not list."
        })
final class FeaturesCommand extends KernelTask {
    @Override
    boolean changes() {
        return true;
    }

    @Override
    void check() {
        requireWords(0, 1);
    }

    @Override
    int run(Session session, Output out) throws Exception {
        Datapath datapath = session.datapath(words, 0);
        Map<String, Object> features =
                new FeatureProbes(session.channel(), session.families(), datapath).probe();
        if (options.json) {
            out.object(
                    json -> {
                        for (Map.Entry<String, Object> feature : features.entrySet()) {
                            json.writeObjectField(field(feature.getKey()), feature.getValue());
                        }
                    });
            return 0;
        }
        for (Map.Entry<String, Object> feature : features.entrySet()) {
            Object value = feature.getValue();
            String text = value instanceof Boolean yes ? (yes ? "Yes" : "No") : value.toString();
            out.line(feature.getKey() + ": " + text);
        }
        return 0;
    }

    /** The name in JSON: small letters, and _ for what is no letter or digit. */
    private static String field(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }
}
