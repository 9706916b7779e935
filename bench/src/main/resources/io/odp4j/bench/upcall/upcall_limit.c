// The least that can be done with an upcall over netlink: receive it, and answer with an EXECUTE
// of its packet and a flow for its key, both sent to one port. Nothing is decided, remembered or
// checked. Reads in batches of 64; the answers to a batch go out in one datagram, gathered from
// templates and from where the upcalls were received.
//
//   upcall_limit PROTOCOL DATAPATH_PORT_ID PACKET_FAMILY FLOW_FAMILY DP_IFINDEX OUTPUT_PORT
//
// Prints its own port id, then works until its standard input is closed.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { BATCH = 64, SLOT = 4096, PIECES = 6, HEADERS = 24, BUFFER = 8 << 20 };

struct execute {
    struct nlmsghdr nl;
    uint8_t cmd, version;
    uint16_t reserved;
    uint32_t dp_ifindex;
    uint16_t actions_length, actions_type, output_length, output_type;
    uint32_t port;
};

struct install {
    struct nlmsghdr nl;
    uint8_t cmd, version;
    uint16_t reserved;
    uint32_t dp_ifindex;
    uint16_t ufid_length, ufid_type;
    uint64_t ufid[2];
    uint16_t actions_length, actions_type, output_length, output_type;
    uint32_t port;
    uint16_t key_length, key_type;
} __attribute__((packed, aligned(4)));

static char slots[BATCH][SLOT] __attribute__((aligned(8)));
static struct execute executes[BATCH];
static struct install installs[BATCH];
static struct iovec in[BATCH], out[BATCH * PIECES];
static struct mmsghdr messages[BATCH];

static int aligned(int length) {
    return (length + 3) & ~3;
}

static void prepare(char **argv) {
    for (int i = 0; i < BATCH; i++) {
        struct execute *e = &executes[i];
        e->nl.nlmsg_type = atoi(argv[2]);
        e->nl.nlmsg_flags = NLM_F_REQUEST;
        e->cmd = 3;
        e->version = 1;
        e->dp_ifindex = atoi(argv[4]);
        e->actions_length = 12;
        e->actions_type = 3;
        e->output_length = 8;
        e->output_type = 1;
        e->port = atoi(argv[5]);
        struct install *f = &installs[i];
        f->nl.nlmsg_type = atoi(argv[3]);
        f->nl.nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL;
        f->cmd = 1;
        f->version = 1;
        f->dp_ifindex = atoi(argv[4]);
        f->ufid_length = 20;
        f->ufid_type = 9;
        f->ufid[0] = getpid();
        f->actions_length = 12;
        f->actions_type = 2;
        f->output_length = 8;
        f->output_type = 1;
        f->port = atoi(argv[5]);
        f->key_type = 1;
        in[i].iov_base = slots[i];
        in[i].iov_len = SLOT;
        messages[i].msg_hdr.msg_iov = &in[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
}

// Adds the two answers to an upcall; returns how many pieces they are.
static int answer(int i, int length, uint64_t number, struct iovec *piece) {
    char *key = NULL, *packet = NULL;
    if (((struct nlmsghdr *) slots[i])->nlmsg_type != executes[i].nl.nlmsg_type) {
        return 0; // an error that came back
    }
    for (int at = HEADERS; at + 4 <= length;) {
        struct nlattr *a = (struct nlattr *) (slots[i] + at);
        if (a->nla_type == 1) {
            packet = (char *) a;
        } else if (a->nla_type == 2) {
            key = (char *) a;
        }
        at += aligned(a->nla_len);
    }
    if (!key || !packet) {
        return 0;
    }
    int key_length = ((struct nlattr *) key)->nla_len;
    int packet_length = ((struct nlattr *) packet)->nla_len;
    struct execute *e = &executes[i];
    e->nl.nlmsg_len = sizeof *e + aligned(key_length) + packet_length;
    piece[0] = (struct iovec) {e, sizeof *e};
    piece[1] = (struct iovec) {key, aligned(key_length)};
    piece[2] = (struct iovec) {packet, aligned(packet_length)};
    struct install *f = &installs[i];
    f->ufid[1] = number;
    f->key_length = key_length;
    f->nl.nlmsg_len = sizeof *f + key_length - 4;
    piece[3] = (struct iovec) {f, sizeof *f};
    piece[4] = (struct iovec) {key + 4, aligned(key_length - 4)};
    return 5;
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fprintf(stderr, "six numbers are needed\n");
        return 2;
    }
    argv++; // from here on the numbers are counted from the datapath's port id
    struct sockaddr_nl self = {.nl_family = AF_NETLINK};
    struct sockaddr_nl datapath = {.nl_family = AF_NETLINK, .nl_pid = strtoul(argv[1], 0, 10)};
    socklen_t size = sizeof self;
    int bytes = BUFFER;
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, atoi(argv[0]));
    if (fd < 0 || bind(fd, (struct sockaddr *) &self, size) < 0
            || connect(fd, (struct sockaddr *) &datapath, size) < 0
            || getsockname(fd, (struct sockaddr *) &self, &size) < 0) {
        perror("socket");
        return 1;
    }
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) < 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    }
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    prepare(argv);
    printf("%u\n", self.nl_pid);
    fflush(stdout);
    uint64_t number = 0;
    struct pollfd waiting[2] = {{.fd = fd, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
    while (1) {
        int count = recvmmsg(fd, messages, BATCH, MSG_DONTWAIT, NULL);
        if (count <= 0) {
            if (poll(waiting, 2, -1) > 0 && waiting[1].revents) {
                return 0;
            }
            continue;
        }
        int pieces = 0;
        for (int i = 0; i < count; i++) {
            pieces += answer(i, messages[i].msg_len, number++, out + pieces);
        }
        struct msghdr answers = {.msg_iov = out, .msg_iovlen = pieces};
        if (pieces && sendmsg(fd, &answers, 0) < 0) {
            perror("sendmsg");
        }
    }
}
