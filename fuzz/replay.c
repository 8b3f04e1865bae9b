/* Runs a fuzz target over files: replay_NAME FILE-OR-FOLDER... Ends with one line "N passed, 0 failed, 0 skipped"; a target
 * that finds something ends the process. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t ran;

static void replay_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(1);
  }
  static uint8_t data[1 << 20];
  size_t size = fread(data, 1, sizeof data, file);
  fclose(file);
  uint8_t *exact = malloc(size ? size : 1); /* so that a sanitizer sees a read past the end */
  if (!exact) exit(1);
  for (size_t i = 0; i < size; i++) exact[i] = data[i];
  LLVMFuzzerTestOneInput(exact, size);
  free(exact);
  ran++;
}

static void replay(const char *path) {
  struct stat st;
  DIR *dir = stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? opendir(path) : NULL;
  if (!dir) {
    replay_file(path);
    return;
  }
  for (struct dirent *entry; (entry = readdir(dir));) {
    char inner[4096];
    if (entry->d_name[0] == '.') continue;
    snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
    replay(inner);
  }
  closedir(dir);
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) replay(argv[i]);
  printf("%zu passed, 0 failed, 0 skipped\n", ran);
  return ran == 0;
}
