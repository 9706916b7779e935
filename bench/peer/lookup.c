/* Times Open vSwitch's classifier on the rules and packets that odp4j's policy lookups are timed on.
 *
 * usage: lookup RULES PACKETS
 *
 * RULES has a flow a line, in the syntax of ovs-ofctl add-flow, PACKETS a flow key a line, in that of
 * ovs-dpctl add-flow. The classifier is set up as ovs-vswitchd sets up a table: staged lookup, tries
 * for both IPv4 addresses, and one for ports. Prints "withMask MEDIAN BEST" and "withoutMask MEDIAN BEST": ns per
 * lookup, of samples of 1,024 lookups; with the megaflow mask it is cleared before each. */
#include <config.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "classifier.h"
#include "flow.h"
#include "odp-util.h"
#include "openvswitch/ofp-actions.h"
#include "openvswitch/ofp-flow.h"
#include "openvswitch/ofpbuf.h"
#include "util.h"

#define SAMPLE 1024
#define SECONDS 2

static struct classifier classifier;

/* Packets as words that any of them has set, to be written into one flow, one after another: the
 * lookups then pay for the classifier's memory, not for that of the packets. */
static size_t used[FLOW_U64S];
static size_t n_used;
static uint64_t *packed;
static size_t n_packets;
static volatile uint64_t sink;

static double
now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static FILE *
open_text(const char *name)
{
    FILE *file = fopen(name, "r");
    if (!file) {
        ovs_fatal(errno, "%s", name);
    }
    return file;
}

static void
read_rules(const char *name)
{
    static const enum mf_field_id prefixes[] = { MFF_IPV4_DST, MFF_IPV4_SRC };
    static char line[8192];
    FILE *file = open_text(name);
    classifier_init(&classifier, flow_segment_u64s);
    classifier_set_prefix_fields(&classifier, prefixes, ARRAY_SIZE(prefixes));
    classifier_defer(&classifier);
    while (fgets(line, sizeof line, file)) {
        struct ofputil_flow_mod mod;
        enum ofputil_protocol usable;
        line[strcspn(line, "\n")] = '\0';
        char *error = parse_ofp_flow_mod_str(&mod, line, NULL, NULL, OFPFC_ADD, &usable);
        if (error) {
            ovs_fatal(0, "%s: %s", line, error);
        }
        struct cls_rule *rule = xmalloc(sizeof *rule);
        cls_rule_init_from_minimatch(rule, &mod.match, mod.priority);
        const struct cls_rule *old = classifier_replace(&classifier, rule, OVS_VERSION_MIN, NULL, 0);
        sink += old != NULL;
        minimatch_destroy(&mod.match);
        free(CONST_CAST(struct ofpact *, mod.ofpacts));
    }
    classifier_publish(&classifier);
    fclose(file);
}

static void
read_packets(const char *name)
{
    static char line[8192];
    FILE *file = open_text(name);
    size_t room = 1 << 17;
    struct flow *flows = xcalloc(room, sizeof *flows);
    while (fgets(line, sizeof line, file)) {
        struct ofpbuf key;
        char *error = NULL;
        ofpbuf_init(&key, 0);
        if (n_packets == room) {
            ovs_fatal(0, "%s: more than %"PRIuSIZE" packets", name, room);
        }
        struct flow *flow = &flows[n_packets++];
        if (odp_flow_from_string(line, NULL, &key, NULL, &error)
            || odp_flow_key_to_flow(key.data, key.size, flow, &error) == ODP_FIT_ERROR) {
            ovs_fatal(0, "%s: %s", line, error);
        }
        flow->in_port.ofp_port = u16_to_ofp(odp_to_u32(flow->in_port.odp_port));
        ofpbuf_uninit(&key);
    }
    fclose(file);
    for (size_t w = 0; w < FLOW_U64S; w++) {
        uint64_t any = 0;
        for (size_t i = 0; i < n_packets; i++) {
            any |= flow_u64_value(&flows[i], w);
        }
        if (any) {
            used[n_used++] = w;
        }
    }
    packed = xcalloc(n_packets * n_used, sizeof *packed);
    for (size_t i = 0; i < n_packets; i++) {
        for (size_t u = 0; u < n_used; u++) {
            packed[i * n_used + u] = flow_u64_value(&flows[i], used[u]);
        }
    }
    free(flows);
}

static int
compare(const void *a, const void *b)
{
    double d = *(const double *) a - *(const double *) b;
    return d < 0 ? -1 : d > 0;
}

static void
measure(const char *name, bool with_mask)
{
    static double ns[1 << 20];
    static struct flow flow;
    static struct flow_wildcards wc;
    const uint64_t *from = packed;
    const uint64_t *end = packed + n_packets * n_used;
    size_t n = 0;
    size_t found = 0;
    /* As long again before the first sample counts. */
    double begin = now() + SECONDS;
    double last = now();
    while (n < ARRAY_SIZE(ns) && last < begin + SECONDS) {
        double start = now();
        for (int i = 0; i < SAMPLE; i++) {
            for (size_t u = 0; u < n_used; u++) {
                ((uint64_t *) &flow)[used[u]] = *from++;
            }
            from = from == end ? packed : from;
            if (with_mask) {
                memset(&wc, 0, sizeof wc);
            }
            const struct cls_rule *rule
                = classifier_lookup(&classifier, OVS_VERSION_MAX, &flow, with_mask ? &wc : NULL);
            sink += rule ? rule->priority : 0;
            found += rule != NULL;
        }
        last = now();
        if (start > begin) {
            ns[n++] = (last - start) * 1e9 / SAMPLE;
        }
    }
    if (!found) {
        ovs_fatal(0, "no packet met a rule");
    }
    qsort(ns, n, sizeof ns[0], compare);
    printf("%s %.1f %.1f\n", name, ns[n / 2], ns[0]);
}

int
main(int argc, char *argv[])
{
    if (argc != 3) {
        fprintf(stderr, "usage: lookup RULES PACKETS\n");
        return 2;
    }
    read_rules(argv[1]);
    read_packets(argv[2]);
    measure("withMask", true);
    measure("withoutMask", false);
    return 0;
}
