// The load generator: many connections, one thread, one epoll. See load.ts for what it does; this
// is the same program in C, because a generator must cost less than the server that it measures.
//
//   load persistent|oneshot|paced PORT CONNECTIONS PIPELINE WARM_UP_MS MEASURE_MS REQUESTS [SETUP]

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTING_AT_ONCE = 256, EVENTS = 512, READ_BYTES = 256 * 1024, SETUP_SECONDS = 60 };
enum { TURN_MS = 1 };

typedef struct {
  uint32_t length;
  const char *bytes;
} record;

typedef struct {
  record *items;
  uint32_t count;
} record_list;

typedef enum { CLOSED, CONNECTING, SETTING_UP, READY } state;

typedef struct {
  int fd;
  state state;
  uint32_t awaited;
  uint32_t next;
  uint32_t bytes;
} connection;

static struct sockaddr_in server;
static record_list requests, setup;
static connection *connections;
static uint32_t connection_count, pipeline, ready_count, opened;
static int epoll_fd, oneshot, paced, running;
static uint64_t replies, reply_bytes, failures, sent;
static double pace_start, pace_interval;
static char read_buffer[READ_BYTES], batch[READ_BYTES];

static void die(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static double cpu_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void say(const char *word) {
  puts(word);
  fflush(stdout);
}

// Records are a length (32 bits, little-endian) and that many bytes, one after the other.
static record_list read_records(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) die(path);
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *all = malloc(size + 1);
  if (all == NULL || fread(all, 1, size, file) != (size_t)size) die(path);
  fclose(file);
  record_list list = {calloc(size / 4 + 1, sizeof(record)), 0};
  for (long at = 0; at + 4 <= size;) {
    record *item = &list.items[list.count++];
    memcpy(&item->length, all + at, 4);
    item->bytes = all + at + 4;
    at += 4 + item->length;
  }
  return list;
}

static void watch(connection *c, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = c};
  if (epoll_ctl(epoll_fd, operation, c->fd, &event) < 0) die("epoll_ctl");
}

static void close_connection(connection *c, int failed) {
  close(c->fd);
  c->state = CLOSED;
  failures += failed;
}

// Nothing is under way when this is called, so that the socket's buffer takes it whole.
static void send_whole(connection *c, const char *bytes, size_t length) {
  if (send(c->fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length) close_connection(c, 1);
}

static void send_requests(connection *c) {
  size_t length = 0;
  c->awaited = pipeline;
  for (uint32_t i = 0; i < pipeline; i++) {
    record *item = &requests.items[c->next++ % requests.count];
    if (pipeline == 1) {
      send_whole(c, item->bytes, item->length);
      return;
    }
    memcpy(batch + length, item->bytes, item->length);
    length += item->length;
  }
  send_whole(c, batch, length);
}

static void start_connecting(connection *c) {
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) die("socket");
  if (connect(c->fd, (struct sockaddr *)&server, sizeof server) < 0 && errno != EINPROGRESS) {
    die("connect");
  }
  c->bytes = 0;
  c->state = CONNECTING;
}

static void open_connection(connection *c) {
  start_connecting(c);
  int one = 1;
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  watch(c, EPOLL_CTL_ADD, EPOLLOUT);
}

// Evenly over each interval: the connections take their turns whether they are there yet or not, so
// that none is silent for longer than an interval while others are still being opened.
static void send_what_is_due(void) {
  uint64_t due = (now() - pace_start) / pace_interval * connection_count;
  static uint64_t turns;
  for (; turns < due; turns++) {
    connection *c = &connections[turns % connection_count];
    if (c->state != READY) continue;
    record *item = &requests.items[c->next++ % requests.count];
    send_whole(c, item->bytes, item->length);
    sent++;
  }
}

// On loopback a connection is there before connect() returns: most requests can be sent at once,
// which spares a generator that opens one for each request a turn and two system calls.
static void open_for_request(connection *c) {
  start_connecting(c);
  record *item = &requests.items[c->next % requests.count];
  if (send(c->fd, item->bytes, item->length, MSG_NOSIGNAL) == (ssize_t)item->length) {
    c->state = READY;
    c->awaited = 1;
    c->next++;
    watch(c, EPOLL_CTL_ADD, EPOLLIN);
  } else {
    watch(c, EPOLL_CTL_ADD, EPOLLOUT);
  }
}

static void become_ready(connection *c) {
  c->state = READY;
  ready_count++;
  if (running) send_requests(c);
}

static void on_connected(connection *c) {
  int error = 0;
  socklen_t length = sizeof error;
  getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &length);
  if (error != 0) {
    close_connection(c, 1);
    return;
  }
  watch(c, EPOLL_CTL_MOD, EPOLLIN);
  if (oneshot || setup.count == 0) {
    become_ready(c);
    return;
  }
  record *item = &setup.items[(c - connections) % setup.count];
  c->state = SETTING_UP;
  c->awaited = 1;
  send_whole(c, item->bytes, item->length);
}

static uint32_t count_lines(const char *bytes, size_t length) {
  uint32_t lines = 0;
  const char *end = bytes + length;
  while ((bytes = memchr(bytes, '\n', end - bytes)) != NULL) {
    lines++;
    if (++bytes == end) break;
  }
  return lines;
}

static void on_readable(connection *c) {
  ssize_t count = recv(c->fd, read_buffer, READ_BYTES, 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) {
    int answered = oneshot && count == 0 && c->awaited == 0;
    if (answered) {
      replies++;
      reply_bytes += c->bytes;
    }
    close_connection(c, !answered);
    if (oneshot && running) open_for_request(c);
    return;
  }
  uint32_t lines = count_lines(read_buffer, count);
  if (lines > c->awaited) die("more replies than requests");
  c->awaited -= lines;
  c->bytes += count;
  if (oneshot) return;
  if (c->state == SETTING_UP) {
    if (c->awaited == 0) become_ready(c);
    return;
  }
  replies += lines;
  reply_bytes += count;
  if (c->awaited == 0 && running) send_requests(c);
}

static void turn(void) {
  struct epoll_event events[EVENTS];
  if (paced) send_what_is_due();
  int count = epoll_wait(epoll_fd, events, EVENTS, TURN_MS);
  for (int i = 0; i < count; i++) {
    connection *c = events[i].data.ptr;
    if (c->state == CONNECTING) on_connected(c);
    else if (c->state != CLOSED) on_readable(c);
  }
}

static void run_until(double end) {
  while (now() < end) turn();
}

static void open_all(void) {
  double give_up = now() + SETUP_SECONDS;
  while (ready_count + failures < connection_count) {
    while (opened < connection_count && opened - ready_count - failures < CONNECTING_AT_ONCE) {
      open_connection(&connections[opened++]);
    }
    turn();
    if (now() > give_up) break;
  }
  if (ready_count == connection_count) return;
  fprintf(stderr, "load: %u of %u connections were set up\n", ready_count, connection_count);
  exit(1);
}

static void measure(double warm_up, double seconds) {
  running = !paced;
  for (uint32_t i = 0; running && i < connection_count; i++) {
    if (oneshot) open_for_request(&connections[i]);
    else send_requests(&connections[i]);
  }
  run_until(now() + warm_up);
  uint64_t requests_before = paced ? sent : replies, bytes_before = reply_bytes;
  double cpu_before = cpu_seconds(), start = now();
  say("begin");
  run_until(start + seconds);
  double elapsed = now() - start, cpu = cpu_seconds() - cpu_before;
  say("end");
  printf("{\"requests\":%llu,\"replyBytes\":%llu,\"seconds\":%.6f,\"cpuSeconds\":%.6f,"
         "\"failures\":%llu}\n",
         (unsigned long long)((paced ? sent : replies) - requests_before),
         (unsigned long long)(reply_bytes - bytes_before), elapsed, cpu,
         (unsigned long long)failures);
}

// As many connections as the system lets this process have.
static void raise_descriptor_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

int main(int argc, char **argv) {
  if (argc < 8) return 2;
  raise_descriptor_limit();
  oneshot = strcmp(argv[1], "oneshot") == 0;
  paced = strcmp(argv[1], "paced") == 0;
  server.sin_family = AF_INET;
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  server.sin_port = htons(atoi(argv[2]));
  connection_count = atoi(argv[3]);
  pipeline = paced ? 1 : atoi(argv[4]);
  pace_interval = atoi(argv[4]) / 1e3;
  pace_start = now();
  requests = read_records(argv[7]);
  if (argc > 8) setup = read_records(argv[8]);
  connections = calloc(connection_count, sizeof(connection));
  epoll_fd = epoll_create1(0);
  // Connections walk through the same requests from different places.
  for (uint32_t i = 0; i < connection_count; i++) connections[i].next = i * 7919u;
  if (!oneshot) open_all();
  measure(atoi(argv[5]) / 1e3, atoi(argv[6]) / 1e3);
  return 0;
}
