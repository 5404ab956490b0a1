// What the kernel alone allows: an epoll server that answers without looking at what it is asked.
//
//   echo persistent|oneshot REQUEST_BYTES:REPLY_BYTES[,…]

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_FILES = 65536, MAX_SIZES = 16, EVENTS = 512, READ_BYTES = 64 * 1024 };
enum { MAX_WRITE = 4 * 1024 * 1024 };

static struct {
  uint32_t request, reply;
} sizes[MAX_SIZES];
static int size_count;
static uint32_t received[MAX_FILES];
static char read_buffer[READ_BYTES], reply[MAX_WRITE];

static void die(const char *what) {
  perror(what);
  exit(1);
}

static void read_sizes(char *text) {
  for (char *part = strtok(text, ","); part != NULL; part = strtok(NULL, ",")) {
    if (size_count == MAX_SIZES ||
        sscanf(part, "%u:%u", &sizes[size_count].request, &sizes[size_count].reply) != 2) {
      exit(2);
    }
    size_count++;
  }
}

static void send_whole(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t count = send(fd, bytes, length, MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN) continue;
    if (count < 0) return;
    bytes += count;
    length -= count;
  }
}

// As many replies as whole requests have come, in one write: each ends with a line end.
static void answer_stream(int fd, uint32_t count) {
  uint32_t total = received[fd] + count, requests = total / sizes[0].request;
  received[fd] = total % sizes[0].request;
  size_t length = (size_t)requests * sizes[0].reply;
  if (length > MAX_WRITE) exit(1);
  send_whole(fd, reply, length);
}

static void answer_line(int fd, uint32_t count) {
  received[fd] += count;
  if (read_buffer[count - 1] != '\n') return;
  for (int i = 0; i < size_count; i++) {
    if (sizes[i].request != received[fd]) continue;
    reply[sizes[i].reply - 1] = '\n';
    send_whole(fd, reply, sizes[i].reply);
    reply[sizes[i].reply - 1] = 'x';
  }
  close(fd);
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  int persistent = strcmp(argv[1], "persistent") == 0;
  read_sizes(argv[2]);
  memset(reply, 'x', MAX_WRITE);
  if (persistent) {
    for (uint32_t at = sizes[0].reply; at <= MAX_WRITE; at += sizes[0].reply) reply[at - 1] = '\n';
  }

  int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, 4096) < 0) {
    die("listen");
  }
  getsockname(listener, (struct sockaddr *)&address, &length);
  printf("127.0.0.1:%d\n", ntohs(address.sin_port));
  fflush(stdout);

  int epoll_fd = epoll_create1(0);
  struct epoll_event events[EVENTS], event = {.events = EPOLLIN, .data.fd = listener};
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int ready = epoll_wait(epoll_fd, events, EVENTS, -1);
    for (int i = 0; i < ready; i++) {
      int fd = events[i].data.fd;
      if (fd == listener) {
        while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
          if (fd >= MAX_FILES) exit(1);
          setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
          received[fd] = 0;
          event.data.fd = fd;
          epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event);
        }
        continue;
      }
      ssize_t count = recv(fd, read_buffer, READ_BYTES, 0);
      if (count < 0 && errno == EAGAIN) continue;
      if (count <= 0) close(fd);
      else if (persistent) answer_stream(fd, count);
      else answer_line(fd, count);
    }
  }
}
