package io.odp4j.upcall.action;

import io.odp4j.datapath.psample.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Who takes what userspace actions send up, and what the kernel samples. Immutable.
 *
 * @param controller takes packets for the controller; null for nobody
 * @param samples takes samples; null for nobody
 * @param users take packets of their numbers
 * @param kernelSamples takes what psample actions sample; null for nobody
 */
public record ActionHandlers(
        ActionHandler controller,
        ActionHandler samples,
        Map<Integer, ActionHandler> users,
        Consumer<Sample> kernelSamples) {
    /** Nobody takes anything. */
    public static final ActionHandlers NONE = new ActionHandlers(null, null, Map.of(), null);

    /** These, and one for that kind. */
    public ActionHandlers with(int kind, ActionHandler handler) {
        Objects.requireNonNull(handler);
        return switch (kind) {
            case ActionCookie.CONTROLLER ->
                    new ActionHandlers(handler, samples, users, kernelSamples);
            case ActionCookie.SAMPLE ->
                    new ActionHandlers(controller, handler, users, kernelSamples);
            default -> throw new IllegalArgumentException("kind " + kind);
        };
    }

    /** These, and one for what the kernel samples. */
    public ActionHandlers withKernelSamples(Consumer<Sample> listener) {
        return new ActionHandlers(controller, samples, users, Objects.requireNonNull(listener));
    }

    /** These, and one for the packets of that number. */
    public ActionHandlers withUser(int number, ActionHandler handler) {
        Objects.requireNonNull(handler);
        if (number < 0 || number > 0xffff) {
            throw new IllegalArgumentException("the number of a handler: 0 to 65535");
        }
        Map<Integer, ActionHandler> more = new HashMap<>(users);
        more.put(number, handler);
        return new ActionHandlers(controller, samples, Map.copyOf(more), kernelSamples);
    }
}
