/* The targets of the drills; target.h. */

#include "target.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define SECRET "secret"

static bool listen_unix(const char *name, bool abstract) {
  struct sockaddr_un at = {.sun_family = AF_UNIX};
  size_t len = strlen(name);
  memcpy(at.sun_path + abstract, name, len);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  socklen_t size = abstract ? (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + len) : (socklen_t)sizeof at;
  return fd >= 0 && bind(fd, (struct sockaddr *)&at, size) == 0 && listen(fd, 8) == 0;
}

static bool listen_tcp(int *port) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t len = sizeof at;
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || listen(fd, 8) != 0 ||
      getsockname(fd, (struct sockaddr *)&at, &len) != 0)
    return false;
  *port = ntohs(at.sin_port);
  return true;
}

bool target_make(drill_target *out) {
  char folder[] = "/tmp/cloche-drill-XXXXXX";
  *out = (drill_target){.supervisor = (int)getpid(), .run = "none", .secret = "none"};
  if (!mkdtemp(folder)) return false;
  snprintf(out->path, sizeof out->path, "%s/secret", folder);
  snprintf(out->socket, sizeof out->socket, "%s/socket", folder);
  int file = open(out->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  bool written = file >= 0 && write(file, SECRET, sizeof SECRET) == sizeof SECRET;
  if (file >= 0) close(file);
  /* what a careless program has: descriptors that exec leaves open, and a secret in its environment */
  written = written && open(out->path, O_RDWR) >= 0 && setenv("CLOCHE_DRILL_SECRET", SECRET, 1) == 0;
  return written && listen_unix(out->socket, false) && listen_unix(out->socket, true) && listen_tcp(&out->port);
}

bool target_is_whole(const drill_target *target) {
  struct stat st;
  char made[sizeof target->path + 16];
  snprintf(made, sizeof made, "%s.d/made", target->path);
  return stat(target->path, &st) == 0 && st.st_size == sizeof SECRET && access(made, F_OK) != 0 &&
         access("/tmp/cloche-drill-made", F_OK) != 0;
}

int target_make_folder(const drill_target *target) {
  char path[sizeof target->path + 16];
  snprintf(path, sizeof path, "%s.d", target->path);
  int dir = mkdir(path, 0755) == 0 ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  int file = dir < 0 ? -1 : openat(dir, "inside", O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (file >= 0) close(file);
  return file < 0 ? -1 : dir;
}

void target_remove(const drill_target *target) {
  char folder[sizeof target->path];
  char inside[sizeof target->path + 16];
  snprintf(inside, sizeof inside, "%s.d/inside", target->path);
  unlink(inside);
  *strrchr(inside, '/') = '\0';
  rmdir(inside);
  unlink(target->socket);
  unlink(target->path);
  snprintf(folder, sizeof folder, "%s", target->path);
  *strrchr(folder, '/') = '\0';
  rmdir(folder);
}
