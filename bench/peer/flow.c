/* Times what Open vSwitch's C does with the frames and flow keys that odp4j's suites work on.
 *
 * usage: flow FILE
 *
 * FILE has a line per packet: the key's text, a tab, the frame in hexadecimal digits. Prints a line
 * per operation, "NAME NANOSECONDS": the median of several rounds over all packets. */
#include <config.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dp-packet.h"
#include "flow.h"
#include "odp-util.h"
#include "openvswitch/dynamic-string.h"
#include "openvswitch/ofpbuf.h"
#include "util.h"

#define MOST 4096
#define ROUNDS 21
#define SECONDS_PER_ROUND 0.2

struct input {
    char *text;
    uint8_t frame[2048] __attribute__((aligned(64)));
    size_t frame_length;
    struct ofpbuf key;
    struct flow flow;
};

static struct input inputs[MOST];
static size_t count;
static struct flow mask;
static volatile uint64_t sink;

static double
now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void
frame_to_flow(struct input *in)
{
    struct dp_packet packet;
    struct flow flow;
    dp_packet_use_const(&packet, in->frame, in->frame_length);
    packet.md.in_port.odp_port = 5;
    flow_extract(&packet, &flow);
    sink += flow.nw_dst;
}

static void
frame_to_miniflow(struct input *in)
{
    struct dp_packet packet;
    struct {
        struct miniflow mf;
        uint64_t values[FLOW_U64S];
    } flow;
    dp_packet_use_const(&packet, in->frame, in->frame_length);
    packet.md.in_port.odp_port = 5;
    miniflow_extract(&packet, &flow.mf);
    sink += flow.values[0];
}

static void
attributes_to_flow(struct input *in)
{
    struct flow flow;
    odp_flow_key_to_flow(in->key.data, in->key.size, &flow, NULL);
    sink += flow.nw_dst;
}

static void
flow_to_attributes(struct input *in, bool with_mask)
{
    static uint64_t key_stub[256], mask_stub[256];
    struct ofpbuf key_buf, mask_buf;
    struct odp_flow_key_parms parms = {
        .flow = &in->flow,
        .mask = &mask,
        .support = { .max_vlan_headers = 2, .max_mpls_depth = 3, .recirc = true, .ct_state = true,
                     .ct_zone = true, .ct_mark = true, .ct_label = true },
    };
    ofpbuf_use_stack(&key_buf, key_stub, sizeof key_stub);
    odp_flow_key_from_flow(&parms, &key_buf);
    sink += key_buf.size;
    if (with_mask) {
        ofpbuf_use_stack(&mask_buf, mask_stub, sizeof mask_stub);
        parms.key_buf = &key_buf;
        odp_flow_key_from_mask(&parms, &mask_buf);
        sink += mask_buf.size;
    }
}

static void
flow_to_key(struct input *in)
{
    flow_to_attributes(in, false);
}

static void
flow_to_key_and_mask(struct input *in)
{
    flow_to_attributes(in, true);
}

static void
text_to_key(struct input *in)
{
    static uint64_t key_stub[512], mask_stub[512];
    struct ofpbuf key_buf, mask_buf;
    char *error = NULL;
    ofpbuf_use_stub(&key_buf, key_stub, sizeof key_stub);
    ofpbuf_use_stub(&mask_buf, mask_stub, sizeof mask_stub);
    if (odp_flow_from_string(in->text, NULL, &key_buf, &mask_buf, &error)) {
        ovs_fatal(0, "%s: %s", in->text, error);
    }
    sink += key_buf.size + mask_buf.size;
}

static void
key_to_text(struct input *in)
{
    static struct ds text = DS_EMPTY_INITIALIZER;
    ds_clear(&text);
    odp_flow_format(in->key.data, in->key.size, NULL, 0, NULL, &text, true);
    sink += text.length;
}

static int
compare(const void *a, const void *b)
{
    double d = *(const double *) a - *(const double *) b;
    return d < 0 ? -1 : d > 0;
}

static void
measure(const char *name, void (*work)(struct input *))
{
    double ns[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double start = now(), end;
        size_t calls = 0;
        do {
            for (size_t i = 0; i < count; i++) {
                work(&inputs[i]);
            }
            calls += count;
            end = now();
        } while (end - start < SECONDS_PER_ROUND);
        ns[round] = (end - start) * 1e9 / calls;
    }
    qsort(ns, ROUNDS, sizeof ns[0], compare);
    printf("%s %.1f\n", name, ns[ROUNDS / 2]);
}

static void
read_inputs(const char *name)
{
    static char line[8192];
    FILE *file = fopen(name, "r");
    if (!file) {
        ovs_fatal(errno, "%s", name);
    }
    while (count < MOST && fgets(line, sizeof line, file)) {
        struct input *in = &inputs[count++];
        char *hex = strchr(line, '\t');
        if (!hex) {
            ovs_fatal(0, "%s: a line without a tab", name);
        }
        *hex++ = '\0';
        in->text = xstrdup(line);
        unsigned int byte;
        while (sscanf(hex, "%2x", &byte) == 1) {
            in->frame[in->frame_length++] = byte;
            hex += 2;
        }
        char *error = NULL;
        ofpbuf_init(&in->key, 0);
        if (odp_flow_from_string(in->text, NULL, &in->key, NULL, &error)
            || odp_flow_key_to_flow(in->key.data, in->key.size, &in->flow, &error)
               == ODP_FIT_ERROR) {
            ovs_fatal(0, "%s: %s", in->text, error);
        }
    }
    fclose(file);
}

int
main(int argc, char *argv[])
{
    if (argc != 2) {
        fprintf(stderr, "usage: flow FILE\n");
        return 2;
    }
    read_inputs(argv[1]);
    /* The mask of FlowKeyBenchmark: a plain router's megaflow. */
    memset(&mask.in_port, 0xff, sizeof mask.in_port);
    memset(&mask.dl_type, 0xff, sizeof mask.dl_type);
    memset(&mask.dl_dst, 0xff, sizeof mask.dl_dst);
    mask.nw_frag = 0xff;
    mask.nw_proto = 0xff;
    mask.tp_dst = OVS_BE16_MAX;
    mask.nw_dst = htonl(0xffffff00);

    measure("frameToKey", frame_to_flow);
    measure("frameToCompactKey", frame_to_miniflow);
    measure("attributesToKey", attributes_to_flow);
    measure("keyToAttributes", flow_to_key);
    measure("keyAndMaskToAttributes", flow_to_key_and_mask);
    measure("parseKey", text_to_key);
    measure("formatKey", key_to_text);
    return 0;
}
