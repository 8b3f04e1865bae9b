/* Drills: network, and descriptors that are sent along. */

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "attempt.h"

static int connect_to(int domain, int kind, const void *address, socklen_t len) {
  int fd = socket(domain, kind, 0);
  return fd < 0 ? errno : came(connect(fd, address, len));
}

static int tcp(const drill_target *target) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)target->port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect_to(AF_INET, SOCK_STREAM, &to, sizeof to);
}

static int tcp6(const drill_target *target) {
  struct sockaddr_in6 to = {
      .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)target->port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
  return connect_to(AF_INET6, SOCK_STREAM, &to, sizeof to);
}

static int udp(const drill_target *target) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)target->port)};
  to.sin_addr.s_addr = htonl(0x01010101);
  return connect_to(AF_INET, SOCK_DGRAM, &to, sizeof to);
}

static int unix_path(const drill_target *target) {
  struct sockaddr_un to = {.sun_family = AF_UNIX};
  memcpy(to.sun_path, target->socket, strlen(target->socket) + 1);
  return connect_to(AF_UNIX, SOCK_STREAM, &to, sizeof to);
}

static int unix_abstract(const drill_target *target) {
  struct sockaddr_un to = {.sun_family = AF_UNIX};
  size_t len = strlen(target->socket); /* the test listens under the same name there, too */
  memcpy(to.sun_path + 1, target->socket, len);
  return connect_to(AF_UNIX, SOCK_STREAM, &to, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + len));
}

static int listen_tcp(const drill_target *target) {
  UNUSED;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(8423)};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  return fd < 0 ? errno : came(bind(fd, (const struct sockaddr *)&at, sizeof at));
}

/* On the channel: descriptors go to whoever asks for them with recvmsg, which the supervisor does not. */
static int send_descriptors(const drill_target *target) {
  UNUSED;
  char byte = 0, control[CMSG_SPACE(2 * sizeof(int))] = {0};
  struct iovec piece = {&byte, 1};
  struct msghdr message = {
      .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  *head = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(2 * sizeof(int))};
  memcpy(CMSG_DATA(head), (int[]){0, 1}, 2 * sizeof(int));
  return came(sendmsg(3, &message, MSG_DONTWAIT));
}

static int take_descriptors(const drill_target *target) {
  UNUSED;
  char byte, control[256];
  struct iovec piece = {&byte, 1};
  struct msghdr message = {
      .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  return came(recvmsg(3, &message, MSG_DONTWAIT));
}

CALL(packet, SYS_socket, AF_PACKET, SOCK_RAW, 0)
CALL(raw, SYS_socket, AF_INET, SOCK_RAW, 1)
CALL(netlink, SYS_socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)
CALL(vsock, SYS_socket, 40 /* AF_VSOCK */, SOCK_STREAM, 0)
CALL(alg, SYS_socket, 38 /* AF_ALG */, SOCK_SEQPACKET, 0)
CALL(pair, SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, (int[2]){0})
CALL(who, SYS_getpeername, 3, (char[128]){0}, &(socklen_t){128})
CALL(option, SYS_getsockopt, 3, SOL_SOCKET, 17 /* SO_PEERCRED */, (char[64]){0}, &(socklen_t){64})
CALL(to_address, SYS_sendto, 3, "x", 1, MSG_DONTWAIT, (char[16]){AF_INET}, 16)
CALL(to_other, SYS_sendto, 1, "x", 1, MSG_DONTWAIT, NULL, 0)
CALL(urgent, SYS_sendto, 3, "x", 1, MSG_OOB | MSG_DONTWAIT, NULL, 0)
CALL(take_urgent, SYS_recvfrom, 3, (char[1]){0}, 1, MSG_OOB | MSG_DONTWAIT, NULL, NULL)
CALL(shut, SYS_shutdown, 3, SHUT_RDWR)

const drill drill_network[] = {
    {"tcp", "connect to a port of this machine", tcp, K, N},
    {"tcp6", "the same over IPv6", tcp6, K, R},
    {"udp", "send to the internet", udp, K, N},
    {"unix", "connect to a Unix socket", unix_path, K, N},
    {"unix_abstract", "connect to an abstract Unix socket", unix_abstract, K, N},
    {"listen", "listen on a port", listen_tcp, K, N},
    {"packet", "a packet socket", packet, K, R},
    {"raw", "a raw socket", raw, K, R},
    {"netlink", "a netlink socket", netlink, K, 0},
    {"vsock", "a socket to the machine's host", vsock, K, 0},
    {"alg", "a socket of the kernel's cryptography", alg, K, 0},
    {"socketpair", "a pair of sockets", pair, K, 0},
    {"send_descriptors", "send descriptors to the supervisor", send_descriptors, K, 0},
    {"take_descriptors", "ask the channel for descriptors", take_descriptors, K, 0},
    {"peer", "ask who is at the other end", option, K, 0},
    {"peername", "ask for its address", who, K, 0},
    {"send_to", "send from the channel to an address", to_address, K, 0},
    {"send_elsewhere", "send on another descriptor", to_other, K, 0},
    {"send_urgent", "send urgent data, which the kernel had holes in", urgent, K, 0},
    {"take_urgent", "ask for urgent data", take_urgent, K, 0},
    {"shutdown", "shut the channel down half", shut, K, 0},
    {0},
};
