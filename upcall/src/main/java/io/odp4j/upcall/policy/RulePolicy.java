package io.odp4j.upcall.policy;

import io.odp4j.datapath.flow.ActionWriter;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.policy.MacTable;
import io.odp4j.flowcache.policy.Pipeline;
import io.odp4j.flowcache.policy.RecircIds;
import io.odp4j.flowcache.policy.SwitchPorts;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.Rule;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import io.odp4j.flowcache.trace.Pass;
import io.odp4j.flowcache.trace.Tracer;
import io.odp4j.upcall.action.ActionPort;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Decides by OpenFlow-style rules, as {@code ovs-ofctl add-flows} takes them: tables, priorities,
 * NORMAL, connection tracking with recirculation. Ports are numbered as the datapath numbers them,
 * the local one is LOCAL.
 *
 * <p>Packets for the controller and samples go to the agent's handlers; where there are none they
 * are not sent up.
 */
public final class RulePolicy implements AddressBook {
    private static final int VLAN_ID = 0x0fff;
    private static final int ATTACHMENTS = 1 << 10;

    private final PolicyTables tables;
    private final MacTable macs = new MacTable();
    private final Ports ports = new Ports();
    private final Pipeline pipeline;
    private final ActionEncoder encoder = new ActionEncoder();
    private final io.odp4j.flowcache.policy.Verdict decided =
            new io.odp4j.flowcache.policy.Verdict();
    private final MacExchange.Member exchange;

    /** Rules that verdicts were credited to, by a hash of them: an upcall then allocates none. */
    private final Rule[][] attachments = new Rule[ATTACHMENTS][];

    private long portsVersion;

    public RulePolicy(PolicyTables tables) {
        this(tables, new MacExchange(), new RecircIds());
    }

    private RulePolicy(PolicyTables tables, MacExchange others, RecircIds recircIds) {
        this.tables = tables;
        this.exchange = others.join(macs);
        this.pipeline = new Pipeline(tables, ports, macs, recircIds);
    }

    /**
     * Policies for an agent's shards by the same rules, each with tables of its own; what one of
     * them learns, and where it has packets come back, the others know.
     *
     * @throws RuleSyntaxException where a rule cannot be read or is not supported
     */
    public static PolicyFactory sharing(String rules) throws RuleSyntaxException {
        new PolicyTables().load(rules); // what is wrong is to be told here
        MacExchange exchange = new MacExchange();
        RecircIds recircIds = new RecircIds();
        return shard -> new RulePolicy(read(rules), exchange, recircIds);
    }

    private static PolicyTables read(String rules) {
        try {
            PolicyTables tables = new PolicyTables();
            tables.load(rules);
            return tables;
        } catch (RuleSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public void decide(FlowKey key, Verdict verdict) {
        exchange.listen();
        if (verdict.install()) {
            pipeline.translate(key, decided);
        } else {
            pipeline.translateOnce(key, decided);
        }
        take(verdict);
    }

    @Override
    public void decideAgain(FlowKey key, Verdict verdict) {
        pipeline.translateAgain(key, decided);
        take(verdict);
    }

    private void take(Verdict verdict) {
        verdict.match(decided.mask());
        if (FlowField.NW_FRAG.get(decided.mask().words()) != 0) {
            // Rules look at two bits; a datapath knows kinds of fragments, which have a byte.
            verdict.match(FlowField.NW_FRAG);
        }
        encoder.encode(decided.actions(), verdict.actions());
        verdict.attach(rules(decided.rules()));
        if (decided.error() != null) {
            verdict.once(); // the next packet may fare better, and the loss stays in view
        }
    }

    /** The rules as an array, the one made before for the same rules if it is still known. */
    private Rule[] rules(List<Rule> met) {
        int hash = 0;
        for (int i = 0; i < met.size(); i++) {
            hash = 31 * hash + System.identityHashCode(met.get(i));
        }
        int slot = (hash ^ hash >>> 16) & attachments.length - 1;
        Rule[] known = attachments[slot];
        boolean same = known != null && known.length == met.size();
        for (int i = 0; same && i < known.length; i++) {
            same = known[i] == met.get(i);
        }
        if (!same) {
            attachments[slot] = met.toArray(Rule[]::new);
        }
        return attachments[slot];
    }

    @Override
    public void attached(ActionPort port) {
        encoder.setActionPort(port);
    }

    @Override
    public void credit(Object attachment, long packets, long bytes) {
        for (Rule rule : (Rule[]) attachment) {
            rule.credit(packets, bytes, tables.now());
        }
    }

    @Override
    public void portsChanged(int[] portNumbers) {
        ports.set(portNumbers);
        portsVersion++;
        tick();
    }

    @Override
    public void used(FlowKey key) {
        macs.refresh(key.vlanTci() & VLAN_ID, key.dlSrc(), ports.toOpenFlow(key.inPort()));
    }

    @Override
    public void tick() {
        exchange.listen();
        int second = (int) (System.nanoTime() / 1_000_000_000L);
        macs.setNow(second);
        macs.expire(ports::exists);
        tables.expire(second);
    }

    @Override
    public long version() {
        return tables.version() + macs.version() + portsVersion;
    }

    @Override
    public MacTable addresses() {
        return macs;
    }

    @Override
    public int localPort() {
        return ports.toOpenFlow(0);
    }

    /**
     * Follows a packet that is only thought of through the tables: nothing is learnt. On the
     * classifier's thread.
     *
     * @param ctStates in which state it comes back from the connection tracker, each time
     */
    public List<Pass> trace(FlowKey key, List<Integer> ctStates) {
        exchange.listen();
        return new Tracer(pipeline, ports).trace(key, ctStates);
    }

    /** A verdict's actions as the datapath gets them; on the classifier's thread. */
    public byte[] encode(io.odp4j.flowcache.policy.Verdict verdict) {
        ActionWriter writer = new ActionWriter();
        encoder.encode(verdict.actions(), writer);
        byte[] bytes = new byte[writer.length()];
        writer.buffer().get(0, bytes);
        return bytes;
    }

    /** The rules; to be changed on the classifier's thread alone. */
    public PolicyTables tables() {
        return tables;
    }

    /** The datapath's ports in OpenFlow's numbers. */
    private static final class Ports implements SwitchPorts {
        private final BitSet present = new BitSet();
        private List<Integer> all = List.of();

        void set(int[] datapathNumbers) {
            List<Integer> numbers = new ArrayList<>();
            for (int number : PortSet.of(datapathNumbers).toArray()) {
                numbers.add(toOpenFlow(number));
            }
            all = List.copyOf(numbers);
            present.clear();
            numbers.forEach(present::set);
        }

        @Override
        public List<Integer> all() {
            return all;
        }

        @Override
        public boolean exists(int openFlowPort) {
            return openFlowPort >= 0 && present.get(openFlowPort);
        }
    }
}
