// One stream of TCP from a source to a listener, as a transfer of music has it: the listener connects
// and gets bytes until all are there or the time is over.
//
//   tcp serve CONGESTION_CONTROL BYTES SECONDS   says its port, then the share that was sent again
//   tcp fetch HOST PORT                          says how many bytes came in how many seconds
//
// Both go on until their standard input ends, so that what they used can be read meanwhile.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024 };

static char buffer[CHUNK];

static void die(const char *what) {
  fprintf(stderr, "tcp: %s: %s\n", what, strerror(errno));
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void stay(void) {
  fflush(stdout);
  while (read(STDIN_FILENO, buffer, CHUNK) > 0) continue;
}

static void serve(const char *control, double bytes, double seconds) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof address;
  if (setsockopt(listener, IPPROTO_TCP, TCP_CONGESTION, control, strlen(control)) < 0) die(control);
  if (bind(listener, (struct sockaddr *)&address, size) < 0 || listen(listener, 1) < 0) die("bind");
  getsockname(listener, (struct sockaddr *)&address, &size);
  printf("{\"port\":%d}\n", ntohs(address.sin_port));
  fflush(stdout);
  int stream = accept(listener, NULL, NULL);
  if (stream < 0) die("accept");
  double end = now() + seconds;
  while (bytes > 0 && now() < end) {
    // Stays within the time where the path takes nothing.
    struct pollfd polled = {.fd = stream, .events = POLLOUT};
    if (poll(&polled, 1, 100) <= 0) continue;
    size_t wanted = bytes < CHUNK ? (size_t)bytes : CHUNK;
    ssize_t sent = send(stream, buffer, wanted, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) bytes -= sent;
    else if (errno != EAGAIN) break;
  }
  // All of it was handed over: it is there when the listener has closed, or the time is over.
  if (bytes <= 0) {
    shutdown(stream, SHUT_WR);
    double left = end - now();
    struct pollfd polled = {.fd = stream, .events = POLLIN};
    poll(&polled, 1, left > 0 ? (int)(left * 1000) : 0);
  }
  struct tcp_info info;
  size = sizeof info;
  if (getsockopt(stream, IPPROTO_TCP, TCP_INFO, &info, &size) < 0) die("TCP_INFO");
  struct linger drop = {.l_onoff = 1, .l_linger = 0};
  setsockopt(stream, SOL_SOCKET, SO_LINGER, &drop, sizeof drop);
  close(stream);
  double all = info.tcpi_bytes_sent > 0 ? info.tcpi_bytes_sent : 1;
  printf("{\"again\":%.6f}\n", info.tcpi_bytes_retrans / all);
  stay();
}

static void fetch(const char *host, int port) {
  double start = now(), last = start, bytes = 0;
  int stream = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &address.sin_addr);
  if (connect(stream, (struct sockaddr *)&address, sizeof address) < 0) die("connect");
  for (ssize_t count; (count = recv(stream, buffer, CHUNK, 0)) > 0;) {
    bytes += count;
    last = now();
  }
  close(stream);
  printf("{\"bytes\":%.0f,\"seconds\":%.6f}\n", bytes, last - start);
  stay();
}

int main(int argc, char **argv) {
  if (argc == 5 && strcmp(argv[1], "serve") == 0) serve(argv[2], atof(argv[3]), atof(argv[4]));
  else if (argc == 4 && strcmp(argv[1], "fetch") == 0) fetch(argv[2], atoi(argv[3]));
  else return 2;
  return 0;
}
