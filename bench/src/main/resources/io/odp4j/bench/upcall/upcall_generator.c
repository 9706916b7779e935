// Sends frames into one network interface and takes them from another; says how many came, how
// long each took, and how much processor time another process used meanwhile.
//
//   upcall_generator IN OUT [trains N | numbers FILE | frames FILE]
//
// Without a third argument every frame is a UDP one of a port pair of its own. "trains": N frames in
// a row are of the same port pair. "numbers": FILE has 32-bit numbers of the machine's byte order,
// over and over; frames of the same number are of the same port pair. "frames": FILE has frames, each behind its length in 16 bits, over and over.
//
// Reads commands from standard input, one a line, until it is closed:
//
//   closed WINDOW QUANTUM MILLIS FRAMES FIRST PID    so many frames under way at most
//   open RATE BURST MILLIS FIRST PID                 so many frames a second, BURST at once
//
// FIRST numbers the port pair of the first frame, MILLIS or FRAMES ends the sending (0: never),
// PID is the process whose processor time is wanted (0: none). Answers with one line
//
//   SENT ARRIVED NANOS CPU_NANOS OVERRUN OVERTAKEN LATENCY:COUNT …
//
// where NANOS go from the first frame in to the last frame out, OVERRUN are frames that came out but
// found this program's own queue full, OVERTAKEN those that came out behind a later one of the same
// port pair (of captured frames 0), and latencies (ns, ten significant bits) go from when a
// frame was sent, in an open loop was to be sent, to when it came out. It sends and receives in
// batches, receives through a mapped ring in which the kernel notes the time of each frame, and looks
// at the clock once a batch: where it shares a processor with what it measures, it takes little.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 64, LONGEST = 2048, SHORT = 64, SLOTS = 8192, BLOCK = 1 << 16 };
enum { MOST = 1 << 22, SOURCE_PORT = 34 };
static const uint32_t MAGIC = 0x6f647034;
static const int64_t PATIENCE = 2000000000, SECOND = 1000000000;

struct tag { // the last bytes of every frame
    uint32_t magic, run, index;
} __attribute__((packed));

static const uint8_t template[SHORT] = {
    2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0,
    0x45, 0, 0, 50, 0, 0, 0x40, 0, 64, 17, 0x26, 0xb9, 10, 0, 0, 1, 10, 0, 0, 2,
    0, 0, 0, 0, 0, 30, 0, 0,
};

static int in, out;
static uint8_t *ring;
static size_t slot_bytes = 256, slot;
static uint8_t frames[BATCH][LONGEST] __attribute__((aligned(64)));
static struct iovec vectors[BATCH];
static struct mmsghdr messages[BATCH];
static uint32_t *numbers;
static uint8_t *captured;
static size_t numbers_count, captured_bytes, captured_at;
static int64_t *sent_at, *latencies;
static struct latest {
    uint32_t run, index;
} *latest; // frame of each port pair that came out
static uint32_t train = 1, overtaken;
static uint32_t run, sent, arrived;
static int64_t last_arrival;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t); // the kernel notes this one in the ring
    return t.tv_sec * SECOND + t.tv_nsec;
}

static int64_t cpu(int pid) {
    clockid_t clock;
    struct timespec t;
    if (pid == 0 || clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) < 0) {
        return 0;
    }
    return t.tv_sec * SECOND + t.tv_nsec;
}

static int packet_socket(const char *interface, int protocol) {
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(protocol)};
    address.sll_ifindex = if_nametoindex(interface);
    int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (fd < 0 || address.sll_ifindex == 0) {
        die(interface);
    }
    if (protocol != 0) {
        int version = TPACKET_V2;
        struct tpacket_req request = {.tp_block_size = BLOCK,
            .tp_block_nr = SLOTS * slot_bytes / BLOCK, .tp_frame_size = slot_bytes,
            .tp_frame_nr = SLOTS};
        if (setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version) < 0
                || setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof request) < 0) {
            die("a ring for received frames");
        }
        ring = mmap(0, SLOTS * slot_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (ring == MAP_FAILED) {
            die("mapping the ring");
        }
    } else {
        int one = 1;
        setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof one);
    }
    if (bind(fd, (struct sockaddr *) &address, sizeof address) < 0) {
        die(interface);
    }
    return fd;
}

static void *map(const char *file, size_t *bytes) {
    struct stat status;
    int fd = open(file, O_RDONLY);
    if (fd < 0 || fstat(fd, &status) < 0 || status.st_size == 0) {
        die(file);
    }
    *bytes = status.st_size;
    void *mapped = mmap(0, *bytes, PROT_READ, MAP_PRIVATE, fd, 0);
    if (mapped == MAP_FAILED) {
        die(file);
    }
    close(fd);
    return mapped;
}

// The number of a frame's port pair, counted from the run's first.
static uint32_t pair(uint32_t index) {
    return numbers ? numbers[index % numbers_count] : index / train;
}

static void note_order(uint32_t index) {
    if (captured || pair(index) >= MOST) {
        return;
    }
    struct latest *last = &latest[pair(index)];
    if (last->run == run && last->index > index) {
        overtaken++;
    } else {
        *last = (struct latest) {run, index};
    }
}

// Writes the next frame of the run into place i of the batch.
static void make(int i, uint32_t first) {
    size_t length = SHORT;
    if (captured) {
        uint16_t bytes;
        if (captured_at + 2 > captured_bytes) {
            captured_at = 0;
        }
        memcpy(&bytes, captured + captured_at, 2);
        captured_at += 2;
        if (bytes > LONGEST - sizeof(struct tag) || captured_at + bytes > captured_bytes) {
            fprintf(stderr, "the file of frames is damaged\n");
            exit(1);
        }
        memcpy(frames[i], captured + captured_at, bytes);
        captured_at += bytes;
        length = bytes + sizeof(struct tag);
    } else {
        uint32_t number = htonl(first + pair(sent));
        memcpy(frames[i] + SOURCE_PORT, &number, 4);
    }
    struct tag tag = {MAGIC, run, sent};
    memcpy(frames[i] + length - sizeof tag, &tag, sizeof tag);
    vectors[i].iov_len = length;
}

// Takes what is in the ring; returns how many frames of this run there were.
static int take(void) {
    int count = 0;
    while (1) {
        struct tpacket2_hdr *header = (struct tpacket2_hdr *) (ring + slot * slot_bytes);
        if (!(__atomic_load_n(&header->tp_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER)) {
            return count;
        }
        struct tag tag = {0};
        if (header->tp_snaplen >= sizeof tag) {
            memcpy(&tag, (uint8_t *) header + header->tp_mac + header->tp_snaplen - sizeof tag,
                    sizeof tag);
        }
        if (tag.magic == MAGIC && tag.run == run && tag.index < sent && sent_at[tag.index]) {
            int64_t at = header->tp_sec * SECOND + header->tp_nsec;
            latencies[arrived++] = at > sent_at[tag.index] ? at - sent_at[tag.index] : 0;
            sent_at[tag.index] = 0; // a copy does not count
            note_order(tag.index);
            last_arrival = at;
            count++;
        }
        __atomic_store_n(&header->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
        slot = (slot + 1) % SLOTS;
    }
}

static int wait_for(int64_t nanos) {
    struct pollfd ready = {.fd = out, .events = POLLIN};
    struct timespec timeout = {nanos / SECOND, nanos % SECOND};
    return nanos <= 0 ? 0 : ppoll(&ready, 1, &timeout, NULL);
}

static void send_frames(int count) {
    for (int done = 0; done < count;) {
        int n = sendmmsg(in, messages + done, count - done, 0);
        if (n < 0 && errno != EINTR && errno != ENOBUFS && errno != EAGAIN) {
            die("sending");
        }
        done += n > 0 ? n : 0;
    }
}

static int compare(const void *a, const void *b) {
    int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;
    return x < y ? -1 : x > y;
}

static int64_t rounded(int64_t value) {
    int shift = value >> 10 ? 64 - __builtin_clzll(value) - 10 : 0;
    return value >> shift << shift;
}

static void report(int64_t start, int64_t cpu_nanos) {
    struct tpacket_stats stats = {0};
    socklen_t size = sizeof stats;
    getsockopt(out, SOL_PACKET, PACKET_STATISTICS, &stats, &size);
    printf("%u %u %lld %lld %u %u", sent, arrived,
            (long long) (arrived ? last_arrival - start : 0), (long long) cpu_nanos, stats.tp_drops,
            overtaken);
    qsort(latencies, arrived, sizeof *latencies, compare);
    for (uint32_t i = 0; i < arrived;) {
        int64_t value = rounded(latencies[i]);
        uint32_t count = 0;
        for (; i < arrived && rounded(latencies[i]) == value; i++) {
            count++;
        }
        printf(" %lld:%u", (long long) value, count);
    }
    printf("\n");
    fflush(stdout);
}

static void begin(void) {
    run++;
    take(); // what came late
    sent = arrived = overtaken = 0;
}

// Waits for what is under way, as long as something comes.
static void drain(void) {
    int64_t since = now();
    while (arrived < sent && now() - since < PATIENCE) {
        wait_for(SECOND / 10);
        if (take() > 0) {
            since = now();
        }
    }
}

static void closed(uint32_t window, uint32_t quantum, int64_t millis, uint32_t most,
        uint32_t first, int pid) {
    begin();
    if (most == 0 || most > MOST) {
        most = MOST;
    }
    int64_t before = cpu(pid), start = now(), end = millis ? start + millis * 1000000 : INT64_MAX;
    int64_t seen = start, at = start;
    uint32_t given_up = 0;
    while (sent < most && at < end) {
        uint32_t under_way = sent - arrived > given_up ? sent - arrived - given_up : 0;
        uint32_t room = window - under_way;
        if (room > most - sent) {
            room = most - sent;
        }
        if (room >= quantum || room == most - sent) {
            int count = room > BATCH ? BATCH : room;
            at = now();
            for (int i = 0; i < count; i++) {
                make(i, first);
                sent_at[sent++] = at;
            }
            send_frames(count);
        } else {
            wait_for(SECOND / 10);
            at = now();
        }
        if (take() > 0) {
            seen = at;
        } else if (at - seen > PATIENCE) {
            given_up = sent - arrived;
            seen = at;
        }
    }
    drain();
    report(start, cpu(pid) - before);
}

static void open_loop(double rate, uint32_t burst, int64_t millis, uint32_t first, int pid) {
    begin();
    int64_t before = cpu(pid), start = now(), end = start + millis * 1000000;
    double nanos = 1e9 / rate;
    for (int64_t at = start; sent < MOST; at = now()) {
        int64_t until = at < end ? at : end;
        int64_t due = (int64_t) ((until - start) / nanos / burst + 1) * burst;
        int count = 0;
        while (count < BATCH && sent < due && sent < MOST) {
            make(count++, first);
            sent_at[sent] = start + (int64_t) (sent / burst * burst * nanos);
            sent++;
        }
        if (count > 0) {
            send_frames(count);
        } else if (at >= end) {
            break;
        } else {
            wait_for(start + (int64_t) (due * nanos) - at);
        }
        take();
    }
    drain();
    report(start, cpu(pid) - before);
}

int main(int argc, char **argv) {
    if (argc == 5 && strcmp(argv[3], "frames") == 0) {
        captured = map(argv[4], &captured_bytes);
        slot_bytes = 4096;
    } else if (argc == 5 && strcmp(argv[3], "numbers") == 0) {
        numbers = map(argv[4], &numbers_count);
        numbers_count /= sizeof *numbers;
    } else if (argc == 5 && strcmp(argv[3], "trains") == 0 && atoi(argv[4]) > 0) {
        train = atoi(argv[4]);
    } else if (argc != 3) {
        fprintf(stderr, "usage: upcall_generator IN OUT [trains N | numbers FILE | frames FILE]\n");
        return 2;
    }
    out = packet_socket(argv[2], ETH_P_ALL);
    in = packet_socket(argv[1], 0);
    sent_at = malloc(MOST * sizeof *sent_at);
    latencies = malloc(MOST * sizeof *latencies);
    latest = calloc(MOST, sizeof *latest);
    if (!sent_at || !latencies || !latest) {
        die("memory");
    }
    for (int i = 0; i < BATCH; i++) {
        memcpy(frames[i], template, SHORT);
        vectors[i].iov_base = frames[i];
        messages[i].msg_hdr.msg_iov = &vectors[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    printf("ready\n");
    fflush(stdout);
    char line[256];
    while (fgets(line, sizeof line, stdin)) {
        uint32_t window, quantum, most, burst, first;
        long long millis;
        double rate;
        int pid;
        if (sscanf(line, "closed %u %u %lld %u %u %d", &window, &quantum, &millis, &most, &first,
                    &pid) == 6) {
            closed(window, quantum, millis, most, first, pid);
        } else if (sscanf(line, "open %lf %u %lld %u %d", &rate, &burst, &millis, &first, &pid)
                == 5) {
            open_loop(rate, burst, millis, first, pid);
        } else {
            fprintf(stderr, "not a command: %s", line);
            return 2;
        }
    }
    return 0;
}
