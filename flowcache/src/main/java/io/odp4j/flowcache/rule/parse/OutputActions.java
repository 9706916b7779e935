package io.odp4j.flowcache.rule.parse;

import io.odp4j.flowcache.rule.ControllerReason;
import io.odp4j.flowcache.rule.OpenFlowAction;
import io.odp4j.flowcache.rule.field.OpenFlowPort;
import io.odp4j.flowcache.rule.field.RuleFields;

/** Reads the actions that say where a packet goes. */
final class OutputActions {
    private static final int MAX_PORT = 0xffff;
    private static final int MAX_TABLE = 254;
    private static final int DEFAULT_LENGTH = 0xffff;
    private static final int SHORTEST_FRAME = 14;

    private OutputActions() {}

    /** Null if it is none of these. */
    static OpenFlowAction read(Item item, String name) throws RuleSyntaxException {
        return switch (name) {
            case "output" -> output(item);
            case "enqueue" -> enqueue(item);
            case "set_queue" -> new OpenFlowAction.SetQueue(item.number(Integer.MAX_VALUE));
            case "pop_queue" -> new OpenFlowAction.PopQueue();
            case "controller" -> controller(item);
            case "resubmit" -> resubmit(item);
            case "sample" -> sample(item);
            default -> null;
        };
    }

    private static OpenFlowAction output(Item item) throws RuleSyntaxException {
        if (item.separator() == '(') {
            return truncated(item);
        }
        String value = item.needValue();
        if (value.indexOf('[') >= 0
                || RuleFields.byName(value) != null && OpenFlowPort.named(value) == null) {
            return new OpenFlowAction.OutputField(item.subfield(value));
        }
        return toPort(item.port(value));
    }

    private static OpenFlowAction truncated(Item item) throws RuleSyntaxException {
        int port = -1;
        int length = -1;
        TextReader in = item.inner();
        while (in.hasNext()) {
            Item inner = in.next();
            switch (inner.key()) {
                case "port" -> port = inner.port(inner.needValue());
                case "max_len" -> length = inner.number(Integer.MAX_VALUE);
                default -> throw inner.fault("output has no " + inner.key());
            }
        }
        if (port < 0 || length < SHORTEST_FRAME) {
            throw item.fault("output needs a port and a max_len of 14 or more");
        }
        return new OpenFlowAction.OutputTruncated(port, length);
    }

    static OpenFlowAction toPort(int port) {
        return port == OpenFlowPort.CONTROLLER
                ? new OpenFlowAction.Controller(DEFAULT_LENGTH, ControllerReason.ACTION, 0, "")
                : new OpenFlowAction.Output(port);
    }

    private static OpenFlowAction enqueue(Item item) throws RuleSyntaxException {
        String[] parts = item.needValue().split("[:,]", -1);
        if (parts.length != 2) {
            throw item.valueFault("enqueue(port,queue)");
        }
        return new OpenFlowAction.Enqueue(
                item.port(parts[0].strip()), item.number(parts[1].strip(), Integer.MAX_VALUE));
    }

    private static OpenFlowAction controller(Item item) throws RuleSyntaxException {
        int length = DEFAULT_LENGTH;
        int reason = ControllerReason.ACTION;
        int id = 0;
        String userdata = "";
        if (item.value() != null && item.separator() != '(') {
            length = item.value().isEmpty() ? DEFAULT_LENGTH : item.number(DEFAULT_LENGTH);
        } else if (item.value() != null) {
            TextReader in = item.inner();
            while (in.hasNext()) {
                Item inner = in.next();
                switch (inner.key()) {
                    case "max_len" -> length = inner.number(DEFAULT_LENGTH);
                    case "reason" -> reason = reason(inner);
                    case "id" -> id = inner.number(MAX_PORT);
                    case "userdata" -> userdata = inner.needValue();
                    default ->
                            throw inner.fault("controller's " + inner.key() + " is not supported");
                }
            }
        }
        return new OpenFlowAction.Controller(length, reason, id, userdata);
    }

    private static int reason(Item item) throws RuleSyntaxException {
        int reason = ControllerReason.number(item.needValue());
        if (reason < 0) {
            throw item.valueFault("no reason: " + item.value());
        }
        return reason;
    }

    private static OpenFlowAction resubmit(Item item) throws RuleSyntaxException {
        if (item.separator() != '(') {
            return new OpenFlowAction.Resubmit(resubmitPort(item, item.needValue()), -1);
        }
        String[] parts = item.value().split(",", -1);
        if (parts.length > 2) {
            throw item.valueFault("resubmit(port,table) takes two, ct is not supported");
        }
        String port = parts[0].strip();
        String table = parts.length == 2 ? parts[1].strip() : "";
        return new OpenFlowAction.Resubmit(
                port.isEmpty() ? -1 : resubmitPort(item, port),
                table.isEmpty() ? -1 : item.number(table, MAX_TABLE));
    }

    private static int resubmitPort(Item item, String text) throws RuleSyntaxException {
        int port = item.port(text);
        return port == OpenFlowPort.IN_PORT ? -1 : port;
    }

    private static OpenFlowAction sample(Item item) throws RuleSyntaxException {
        int probability = 0;
        long[] ids = new long[3];
        int port = OpenFlowPort.NONE;
        String direction = "";
        TextReader in = item.needInner();
        while (in.hasNext()) {
            Item inner = in.next();
            switch (inner.key()) {
                case "probability" -> probability = inner.number(0xffff);
                case "collector_set_id" -> ids[0] = inner.unsigned();
                case "obs_domain_id" -> ids[1] = inner.unsigned();
                case "obs_point_id" -> ids[2] = inner.unsigned();
                case "sampling_port" -> port = inner.port(inner.needValue());
                case "ingress", "egress" -> direction = inner.key();
                default -> throw inner.fault("sample's " + inner.key() + " is not supported");
            }
        }
        if (probability == 0) {
            throw item.fault("sample needs a probability of 1 to 65535");
        }
        return new OpenFlowAction.Sample(probability, ids[0], ids[1], ids[2], port, direction);
    }
}
