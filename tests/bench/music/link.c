// A link between two ends: a bottleneck with a queue, a delay and random loss, the same both ways.
//
//   link RATE DELAY_US QUEUE LOSS SEED tun NAMESPACE NAMESPACE
//   link RATE DELAY_US QUEUE LOSS SEED udp PORT
//
// RATE is in bytes a second, QUEUE in bytes, LOSS a share; DELAY_US is that of one way. A packet
// that finds more than QUEUE bytes waiting is dropped; what is lost by chance has passed the
// bottleneck before. `tun` makes a device `link0` in each of two network namespaces (paths), so
// that everything between them goes through here. `udp` stands in front of a UDP port of 127.0.0.1:
// it says where, and puts the port that it hears answers on into the GET of a transfer. It says
// `ready` and ends with its standard input.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_BYTES = 2048, SLOTS = 1 << 14, READS_AT_ONCE = 32, BUFFER_BYTES = 4 << 20 };

typedef struct {
  int64_t due;
  uint32_t length;
  char bytes[MOST_BYTES];
} packet;

// One of the two ends. A UDP end sends to `peer`; the one in front learns it from what comes.
typedef struct {
  int fd;
  int udp, in_front;
  struct sockaddr_in peer;
} end_point;

// One way: from an end, through the bottleneck, to the other.
typedef struct {
  end_point *from, *to;
  int64_t free_at;
  uint32_t first, count;
  packet *packets;
} way;

static double rate, loss;
static int64_t delay, queue_bytes;
static uint64_t state;
static int rewritten_port;

static void die(const char *what) {
  fprintf(stderr, "link: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static double chance(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (state >> 11) / 9007199254740992.0;
}

static end_point open_tun(const char *path) {
  int namespace = open(path, O_RDONLY);
  if (namespace < 0 || setns(namespace, CLONE_NEWNET) < 0) die(path);
  close(namespace);
  int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  if (fd < 0) die("/dev/net/tun");
  struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  strcpy(request.ifr_name, "link0");
  if (ioctl(fd, TUNSETIFF, &request) < 0) die("TUNSETIFF");
  return (end_point){.fd = fd};
}

static end_point open_udp(int peer_port) {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  int bytes = BUFFER_BYTES;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) < 0) die("socket");
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  address.sin_port = htons(peer_port);
  return (end_point){.fd = fd, .udp = 1, .peer = address};
}

static int port_of(const end_point *end) {
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  getsockname(end->fd, (struct sockaddr *)&address, &length);
  return ntohs(address.sin_port);
}

// The port in a GET becomes the one where the answers are heard.
static uint32_t with_port(char *bytes, uint32_t length) {
  static const char key[] = "\"port\":";
  char *at = bytes[0] == '{' ? memmem(bytes, length, key, sizeof key - 1) : NULL;
  if (at == NULL) return length;
  at += sizeof key - 1;
  char *behind = at;
  while (behind < bytes + length && *behind >= '0' && *behind <= '9') behind++;
  char digits[8], rest[MOST_BYTES];
  int written = snprintf(digits, sizeof digits, "%d", rewritten_port);
  size_t left = bytes + length - behind;
  memcpy(rest, behind, left);
  memcpy(at, digits, written);
  memcpy(at + written, rest, left);
  return at + written + left - bytes;
}

static void enter(way *way, const packet *one) {
  int64_t time = now();
  if (way->free_at < time) way->free_at = time;
  if ((way->free_at - time) * rate / 1e9 + one->length > queue_bytes) return;
  way->free_at += one->length / rate * 1e9;
  if (chance() < loss || way->count == SLOTS) return;
  packet *slot = &way->packets[(way->first + way->count++) % SLOTS];
  slot->length = one->length;
  slot->due = way->free_at + delay;
  memcpy(slot->bytes, one->bytes, one->length);
}

static void take(way *way) {
  packet one;
  for (int left = READS_AT_ONCE; left > 0; left--) {
    struct sockaddr_in from;
    socklen_t size = sizeof from;
    // Room for a port with more digits.
    ssize_t length = way->from->udp
      ? recvfrom(way->from->fd, one.bytes, MOST_BYTES - 8, 0, (struct sockaddr *)&from, &size)
      : read(way->from->fd, one.bytes, MOST_BYTES);
    if (length <= 0) return;
    one.length = length;
    if (way->from->in_front) {
      way->from->peer = from;
      one.length = with_port(one.bytes, one.length);
    }
    enter(way, &one);
  }
}

// What arrives at an end that is full or away is lost.
static void deliver(way *way) {
  for (int64_t time = now(); way->count > 0; way->count--, way->first++) {
    packet *one = &way->packets[way->first % SLOTS];
    if (one->due > time) return;
    const end_point *to = way->to;
    ssize_t sent = to->udp
      ? sendto(to->fd, one->bytes, one->length, 0, (const struct sockaddr *)&to->peer,
               sizeof to->peer)
      : write(to->fd, one->bytes, one->length);
    (void)sent;
  }
}

static int64_t due(const way *way) {
  return way->count == 0 ? INT64_MAX : way->packets[way->first % SLOTS].due;
}

int main(int argc, char **argv) {
  if (argc < 8) return 2;
  rate = atof(argv[1]);
  delay = atoll(argv[2]) * 1000;
  queue_bytes = atoll(argv[3]);
  loss = atof(argv[4]);
  state = 88172645463325252ULL ^ (strtoull(argv[5], NULL, 10) * 2654435769ULL);
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  end_point ends[2];
  if (strcmp(argv[6], "tun") == 0) {
    if (argc < 9) return 2;
    ends[0] = open_tun(argv[7]);
    ends[1] = open_tun(argv[8]);
    puts("ready");
  } else {
    ends[0] = open_udp(0);
    ends[0].in_front = 1;
    ends[1] = open_udp(atoi(argv[7]));
    rewritten_port = port_of(&ends[1]);
    printf("ready 127.0.0.1:%d\n", port_of(&ends[0]));
  }
  fflush(stdout);
  way ways[2];
  for (int i = 0; i < 2; i++) {
    ways[i] = (way){.from = &ends[i], .to = &ends[1 - i], .packets = calloc(SLOTS, sizeof(packet))};
    if (ways[i].packets == NULL) die("memory");
  }
  for (;;) {
    int64_t next = due(&ways[0]) < due(&ways[1]) ? due(&ways[0]) : due(&ways[1]);
    struct timespec wait = {.tv_sec = 1};
    if (next != INT64_MAX) {
      int64_t left = next - now();
      if (left < 0) left = 0;
      wait = (struct timespec){.tv_sec = left / 1000000000, .tv_nsec = left % 1000000000};
    }
    struct pollfd polled[3] = {
      {.fd = ends[0].fd, .events = POLLIN},
      {.fd = ends[1].fd, .events = POLLIN},
      {.fd = STDIN_FILENO, .events = POLLIN},
    };
    if (ppoll(polled, 3, &wait, NULL) < 0 && errno != EINTR) die("ppoll");
    char ignored[64];
    if (polled[2].revents != 0 && read(STDIN_FILENO, ignored, sizeof ignored) <= 0) return 0;
    for (int i = 0; i < 2; i++) {
      if (polled[i].revents & POLLIN) take(&ways[i]);
      deliver(&ways[i]);
    }
  }
}
