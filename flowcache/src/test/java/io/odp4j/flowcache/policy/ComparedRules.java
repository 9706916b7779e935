package io.odp4j.flowcache.policy;

/** Rule sets that both sides of a comparison are given. */
final class ComparedRules {
    /** A switch that learns. */
    static final String LEARNING = "actions=normal";

    /** Access lists with prefixes and masked ports. */
    static final String ACLS =
            """
            priority=100,tcp,nw_src=10.0.0.0/24,nw_dst=10.1.2.3,tp_dst=80,actions=2
            priority=90,tcp,nw_src=10.0.0.0/8,tp_dst=0x50/0xfffe,actions=3
            priority=80,udp,nw_dst=192.168.0.0/16,tp_src=0x40/0xffc0,actions=2
            priority=70,ip,nw_src=10.0.0.1,actions=drop
            priority=10,arp,actions=flood
            priority=1,ip,actions=1,2,3
            """;

    /** A rule for ICMP beside one for TCP. */
    static final String ICMP =
            "priority=9,icmp,icmp_type=8,actions=2\npriority=8,tcp,actions=3\npriority=1,actions=1";

    /** Four tables, registers between them. */
    static final String FOUR_TABLES =
            """
            table=0,priority=9,in_port=1,actions=load:1->NXM_NX_REG0[],goto_table:1
            table=0,priority=1,actions=load:2->NXM_NX_REG0[],goto_table:1
            table=1,priority=9,ip,nw_dst=10.0.0.0/8,actions=dec_ttl,goto_table:2
            table=1,priority=8,arp,actions=flood
            table=1,priority=1,actions=goto_table:2
            table=2,reg0=1,priority=9,tcp,actions=mod_dl_dst:02:00:00:00:00:09,resubmit(,3)
            table=2,reg0=2,priority=9,actions=mod_vlan_vid:9,resubmit(,3)
            table=2,priority=1,actions=drop
            table=3,priority=2,dl_dst=02:00:00:00:00:09,actions=2
            table=3,priority=1,actions=3
            """;

    /** A firewall that tracks connections. */
    static final String TRACKING =
            """
            table=0,priority=9,ip,ct_state=-trk,actions=ct(table=1,zone=5)
            table=0,priority=1,arp,actions=normal
            table=1,priority=9,ip,ct_state=+trk+new,in_port=1,actions=ct(commit,zone=5),2
            table=1,priority=8,ip,ct_state=+trk+est,actions=normal
            """;

    /** Conjunctive matches. */
    static final String CONJUNCTIONS =
            """
            priority=50,ip,nw_src=10.0.0.0,actions=conjunction(7,1/2)
            priority=50,ip,nw_src=10.0.0.1,actions=conjunction(7,1/2)
            priority=50,tcp,tp_dst=80,actions=conjunction(7,2/2)
            priority=50,udp,tp_dst=81,actions=conjunction(7,2/2)
            priority=50,conj_id=7,ip,actions=2
            priority=1,actions=3
            """;

    private ComparedRules() {}
}
