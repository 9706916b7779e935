package io.odp4j.upcall.policy;

/**
 * Makes the policies of an agent, one for each shard: each is called by its shard's thread alone.
 * What they must know of each other they tell each other by messages, as {@link LearningSwitch}'s
 * do.
 */
@FunctionalInterface
public interface PolicyFactory {
    /**
     * The policy of a shard.
     *
     * @param shard from 0
     */
    Policy create(int shard);
}
