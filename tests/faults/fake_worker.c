/* A program that is no worker; the name of its file says in what way. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { CHANNEL = 3 };

int main(void) {
  char path[512], noise[4096];
  ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
  path[len > 0 ? len : 0] = '\0';
  for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)(i * 37 + 11);
  if (strstr(path, "exits")) return 3;
  if (strstr(path, "closes")) close(CHANNEL);
  if (strstr(path, "babbles") && write(CHANNEL, noise, 100) < 0) return 1;
  while (strstr(path, "floods"))
    if (write(CHANNEL, noise, sizeof noise) < 0) return 1;
  for (;;) pause();
}
