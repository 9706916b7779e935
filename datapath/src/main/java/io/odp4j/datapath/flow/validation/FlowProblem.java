package io.odp4j.datapath.flow.validation;

/**
 * Why the kernel would refuse a flow.
 *
 * @param place the attribute at fault, from the outside in: {@code key.ipv4}, {@code actions.2.set}
 * @param reason what is wrong with it, or what is missing
 */
public record FlowProblem(String place, String reason) {
    @Override
    public String toString() {
        return place + ": " + reason;
    }
}
