package io.odp4j.datapath.rtnetlink.rule;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.rtnetlink.RtnetlinkFamilies;
import java.util.List;

/** Requests about rules of policy routing. Not thread safe: it has one owner. */
public final class Rules implements AutoCloseable {
    private final FamilyClient client;

    private Rules(FamilyClient client) {
        this.client = client;
    }

    public static Rules open() throws NetlinkException {
        return new Rules(FamilyClient.open(RtnetlinkFamilies.RULE));
    }

    /**
     * Makes a rule.
     *
     * @throws NetlinkException EEXIST there is one, EINVAL it makes no sense, EPERM no privilege
     */
    public void add(RuleRequest rule) throws NetlinkException {
        client.call(client.operation("new"), rule.attributes());
    }

    /**
     * Deletes the first rule that fits.
     *
     * @throws NetlinkException ENOENT there is none
     */
    public void delete(RuleRequest rule) throws NetlinkException {
        client.call(client.operation("del"), rule.attributes());
    }

    /** All rules of both address families, each by rising priority. */
    public List<Rule> list() throws NetlinkException {
        return client
                .list(client.operation("get"), new AttributeList(RuleAttributes.TABLE))
                .stream()
                .map(Rule::new)
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
