package io.odp4j.upcall.survival;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.rule.parse.RuleParser;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import io.odp4j.upcall.action.ActionPort;
import io.odp4j.upcall.policy.Policy;
import io.odp4j.upcall.policy.PolicyFactory;
import io.odp4j.upcall.policy.RulePolicy;
import io.odp4j.upcall.policy.Verdict;
import java.util.Random;

/** Decides as rules do, a flow for each pair of UDP ports, but for the worse now and then. */
final class MoodyPolicy implements Policy {
    private static final int OF = 10_000;

    private final RulePolicy rules;
    private final Mood mood;
    private final Random random;

    private MoodyPolicy(RulePolicy rules, Mood mood, int shard) {
        this.rules = rules;
        this.mood = mood;
        this.random = new Random(shard);
    }

    static PolicyFactory of(Mood mood) throws RuleSyntaxException {
        PolicyFactory rules = RulePolicy.sharing(Load.RULES);
        return shard -> new MoodyPolicy((RulePolicy) rules.create(shard), mood, shard);
    }

    @Override
    public void decide(FlowKey key, Verdict verdict) {
        int fate = random.nextInt(OF);
        if (fate < mood.throwing) {
            throw new IllegalStateException("no mood");
        }
        if (mood.pause.get() > 0) {
            pause(mood.pause.getAndSet(0));
        }
        rules.decide(key, verdict);
        if (fate >= OF - mood.nonsense) {
            talkNonsense(verdict);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void talkNonsense(Verdict verdict) {
        switch (random.nextInt(6)) {
            case 0 -> verdict.actions().output(70_000);
            case 1 -> verdict.actions().writer().putU32(999, 1);
            case 2 -> verdict.actions().writer().beginPlainNest(random.nextInt(30));
            case 3 -> verdict.actions().writer().putRawU8(1);
            case 4 -> {
                for (int i = 0; i < 5000; i++) {
                    verdict.actions().output(1);
                }
            }
            default -> verdict.mask().words()[random.nextInt(FlowKey.WORDS)] = random.nextLong();
        }
    }

    @Override
    public void decideAgain(FlowKey key, Verdict verdict) {
        rules.decideAgain(key, verdict);
    }

    @Override
    public void attached(ActionPort port) {
        rules.attached(port);
    }

    @Override
    public void portsChanged(int[] numbers) {
        rules.portsChanged(numbers);
    }

    @Override
    public void credit(Object attachment, long packets, long bytes) {
        rules.credit(attachment, packets, bytes);
    }

    @Override
    public void used(FlowKey key) {
        rules.used(key);
    }

    @Override
    public void adopted(FlowKey key) {
        rules.adopted(key);
    }

    @Override
    public void tick() {
        rules.tick();
    }

    @Override
    public long version() {
        return rules.version();
    }

    /** Replaces every rule by the same again. */
    void replaceRules() {
        try {
            rules.tables().apply(RuleParser.parseAll(Load.RULES));
        } catch (RuleSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
