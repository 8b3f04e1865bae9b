/* Drills of a whole worker: what it might say to the supervisor, past its own code, by the channel's descriptor; and what of
 * other guests lies in its memory. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "attempt.h"

enum { CHANNEL = 3, HEADER = 32, BOX = 16 << 20, SENT = -1 };
#define IN_LINE UINT64_MAX
#define STRANGER "999999999"

/* ---- frames, as frame.h describes them */

static void send_all(const void *data, size_t len) {
  const char *at = data;
  while (len > 0) {
    ssize_t n = send(CHANNEL, at, len, MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN) return;
    if (n > 0) at += n, len -= (size_t)n;
  }
}

static void send_header(uint32_t magic, uint32_t text_len, uint64_t blob_len, uint64_t at, uint64_t seen) {
  unsigned char header[HEADER];
  memcpy(header, &magic, 4);
  memcpy(header + 4, &text_len, 4);
  memcpy(header + 8, &blob_len, 8);
  memcpy(header + 16, &at, 8);
  memcpy(header + 24, &seen, 8);
  send_all(header, sizeof header);
}

enum { MAGIC = 0x31464c43 }; /* "CLF1" */

static int send_bytes(const char *text, size_t len) {
  send_header(MAGIC, (uint32_t)len, 0, IN_LINE, 0);
  send_all(text, len);
  return SENT;
}

static int send_text(const char *text) { return send_bytes(text, strlen(text)); }

/* A drill that is one frame. */
#define SAY(name, text)                         \
  static int name(const drill_target *target) { \
    UNUSED;                                     \
    return send_text(text);                     \
  }

static int noise(const drill_target *target) {
  UNUSED;
  uint32_t bytes[1024], state = 2463534242u;
  for (size_t i = 0; i < sizeof bytes / sizeof bytes[0]; i++) {
    state ^= state << 13, state ^= state >> 17, state ^= state << 5;
    bytes[i] = state;
  }
  send_all(bytes, sizeof bytes);
  return SENT;
}

static int headers(uint32_t magic, uint32_t text_len, uint64_t blob_len, uint64_t at, uint64_t seen) {
  send_header(magic, text_len, blob_len, at, seen);
  send_all("{\"type\":\"done\"}", text_len < 15 ? text_len : 15);
  return SENT;
}

#define HEADERS(name, ...)                      \
  static int name(const drill_target *target) { \
    UNUSED;                                     \
    return headers(__VA_ARGS__);                \
  }

HEADERS(wrong_magic, MAGIC + 1, 15, 0, IN_LINE, 0)
HEADERS(huge_text, MAGIC, UINT32_MAX, 0, IN_LINE, 0)
HEADERS(huge_blob, MAGIC, 15, (uint64_t)1 << 63, IN_LINE, 0)
HEADERS(overflowing_blob, MAGIC, 15, UINT64_MAX - 8, 0, 0)
HEADERS(blob_larger_than_box, MAGIC, 15, BOX + 1, 0, 0)
HEADERS(blob_across_end, MAGIC, 15, 64, BOX - 8, 0)
HEADERS(blob_far_ahead, MAGIC, 15, 64, (uint64_t)1 << 62, 0)
HEADERS(seen_too_much, MAGIC, 15, 0, IN_LINE, (uint64_t)1 << 60)

static int bomb(const drill_target *target, const char *before, char each, size_t count) {
  UNUSED;
  size_t len = strlen(before);
  char *text = malloc(len + count);
  if (!text) return ENOMEM;
  memcpy(text, before, len);
  memset(text + len, each, count);
  (void)send_bytes(text, len + count);
  free(text);
  return SENT;
}

static int bomb_of_arrays(const drill_target *target) { return bomb(target, "", '[', 1 << 20); }

static int bomb_in_report(const drill_target *target) {
  return bomb(target, "{\"type\":\"report\",\"id\":\"1\",\"report\":{\"status\":\"ok\",\"value\":", '[', 1 << 20);
}

static int long_name(const drill_target *target) { return bomb(target, "{\"type\":\"", 'x', 1 << 20); }

static int zero_in_text(const drill_target *target) {
  UNUSED;
  return send_bytes("{\"type\":\"done\"\0,\"id\":\"1\"}", 25);
}

SAY(no_json, "hello, supervisor")
SAY(empty_object, "{}")
SAY(unknown_type, "{\"type\":\"exec\",\"id\":\"1\",\"path\":\"/bin/sh\"}")
SAY(bad_utf8, "{\"type\":\"error\",\"id\":\"1\",\"error\":{\"code\":\"busy\",\"message\":\"\xff\xfe\"}}")
SAY(report_of_stranger, "{\"type\":\"report\",\"id\":\"" STRANGER "\",\"report\":{\"status\":\"ok\",\"value\":42}}")
SAY(done_of_stranger, "{\"type\":\"done\",\"id\":\"" STRANGER "\"}")
SAY(error_of_stranger, "{\"type\":\"error\",\"id\":\"" STRANGER "\",\"error\":{\"code\":\"busy\",\"message\":\"no\"}}")
SAY(event_of_stranger,
    "{\"type\":\"event\",\"run\":\"" STRANGER "\",\"event\":{\"kind\":\"log\",\"text\":\"forged\",\"time_ms\":1}}")
SAY(call_of_stranger,
    "{\"type\":\"call\",\"id\":\"" STRANGER ":1\",\"run\":\"" STRANGER "\",\"tool\":\"drill\",\"argument\":1}")
SAY(cancel_of_stranger, "{\"type\":\"cancel\",\"call\":\"" STRANGER ":1\"}")
SAY(waiting_of_stranger, "{\"type\":\"waiting\",\"run\":\"" STRANGER "\"}")
SAY(ready_again, "{\"type\":\"ready\",\"version\":1,\"layers\":127,\"landlock\":7,\"missing\":[],\"engines\":[]}")
SAY(failed_late, "{\"type\":\"failed\",\"code\":\"no_jail\",\"message\":\"let me out\"}")
SAY(huge_number, "{\"type\":\"done\",\"id\":\"99999999999999999999999999\"}")
SAY(negative_number, "{\"type\":\"done\",\"id\":\"-1\"}")

/* As many as the ids of all cells and runs that may be there: reports in the name of each. */
static int reports_of_all(const drill_target *target) {
  UNUSED;
  for (int id = 1; id < 300; id++) {
    char text[160];
    snprintf(text, sizeof text,
             "{\"type\":\"report\",\"id\":\"%d\",\"report\":{\"status\":\"ok\",\"value\":\"forged\"}}", id);
    send_text(text);
  }
  return SENT;
}

/* Calls of a tool that no cell has, in the name of all. */
static int calls_of_all(const drill_target *target) {
  UNUSED;
  for (int cell = 1; cell < 100; cell++) {
    char text[160];
    snprintf(text, sizeof text,
             "{\"type\":\"call\",\"id\":\"%d:77\",\"run\":\"%d\",\"tool\":\"shell\",\"argument\":\"id\"}", cell, cell);
    send_text(text);
  }
  return SENT;
}

/* ---- not answering, leaving */

static int silence(const drill_target *target) {
  UNUSED;
  for (volatile bool on = true; on;) {}
  return 0;
}

static int half_a_frame(const drill_target *target) {
  UNUSED;
  send_header(MAGIC, 1000, 0, IN_LINE, 0);
  syscall(SYS_exit_group, 0);
  return 0;
}

static int quiet_exit(const drill_target *target) {
  UNUSED;
  syscall(SYS_exit_group, 0);
  return 0;
}

static int fault(const drill_target *target) {
  UNUSED;
  volatile int *volatile nowhere = NULL;
  *nowhere = 1;
  return 0;
}

static int call_abort(const drill_target *target) {
  UNUSED;
  abort();
}

/* ---- secrets of other domains */

typedef struct region {
  uint64_t start, end, categories;
} region;

typedef struct scan {
  uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages, inverted, mask, any, wanted;
} scan;

enum { PAGE = 4096, PRESENT = 1 << 3, REGIONS = 512 };
#define PAGEMAP_SCAN _IOWR('f', 16, scan)

/* The worker's own page map, by which all its memory can be found; any of its descriptors may be it. */
static int find_page_map(void) {
  region one;
  for (int fd = CHANNEL + 1; fd < 64; fd++) {
    scan s = {.size = sizeof s, .end = PAGE, .vec = (uintptr_t)&one, .vec_len = 1, .mask = PRESENT, .wanted = PRESENT};
    if (ioctl(fd, (int)PAGEMAP_SCAN, &s) >= 0) return fd;
  }
  return -1;
}

/* Where its memory lies in the machine's, by the page map: bits 0 to 54 of an entry. */
static int physical_addresses(const drill_target *target) {
  UNUSED;
  uint64_t entry = 0;
  volatile char here = 1;
  int map = find_page_map();
  if (map < 0) return ENOSYS;
  off_t at = (off_t)((uintptr_t)&here / PAGE * sizeof entry);
  if (syscall(SYS_pread64, map, &entry, sizeof entry, at) != sizeof entry) return errno;
  return entry & (((uint64_t)1 << 55) - 1) ? 0 : EACCES;
}

/* The secret is only ever compared backwards, so that the drill finds no copy of its own. */
static bool has_secret(const unsigned char *page, const drill_target *target, size_t len) {
  for (size_t i = 0; i + len <= PAGE; i++) {
    size_t same = 0;
    while (same < len && page[i + same] == (unsigned char)target->secret[len - 1 - same]) same++;
    if (same == len) return true;
  }
  return false;
}

/* Whether a page can be read is asked of the kernel: it has it written to a memory file. */
static bool is_readable(int file, const void *page) { return syscall(SYS_pwrite64, file, page, PAGE, 0) == PAGE; }

static int look_for_secret(const drill_target *target) {
  static region regions[REGIONS];
  int map = find_page_map(), file = (int)syscall(SYS_memfd_create, "x", MFD_CLOEXEC);
  size_t len = strlen(target->secret);
  if (map < 0 || file < 0) return ENOSYS;
  for (uint64_t at = 0, end = (uint64_t)1 << 47; at < end;) {
    scan s = {.size = sizeof s,
              .start = at,
              .end = end - PAGE,
              .vec = (uintptr_t)regions,
              .vec_len = REGIONS,
              .mask = PRESENT,
              .wanted = PRESENT};
    long found = ioctl(map, (int)PAGEMAP_SCAN, &s);
    if (found <= 0) break;
    for (long r = 0; r < found; r++)
      for (uint64_t page = regions[r].start; page < regions[r].end; page += PAGE) {
        const unsigned char *bytes = (const unsigned char *)(uintptr_t)page;
        if (is_readable(file, bytes) && has_secret(bytes, target, len)) return 0;
      }
    if (s.walk_end <= at) break;
    at = s.walk_end;
  }
  return ENOENT;
}

const drill drill_wire[] = {
    {"noise", "send what is no frame", noise, DRILL_SENT, 0},
    {"wrong_magic", "a frame with a wrong magic", wrong_magic, DRILL_SENT, 0},
    {"huge_text", "a text of 4 GiB", huge_text, DRILL_SENT, 0},
    {"huge_blob", "a blob of 8 EiB", huge_blob, DRILL_SENT, 0},
    {"overflowing_blob", "a blob whose end is before its start", overflowing_blob, DRILL_SENT, 0},
    {"blob_larger_than_box", "a blob that the box cannot hold", blob_larger_than_box, DRILL_SENT, 0},
    {"blob_across_end", "a blob across the end of the box", blob_across_end, DRILL_SENT, 0},
    {"blob_far_ahead", "a blob that cannot be there yet", blob_far_ahead, DRILL_SENT, 0},
    {"seen_too_much", "have seen what was never sent", seen_too_much, DRILL_SENT, 0},
    {"no_json", "a message that is no JSON", no_json, DRILL_SENT, 0},
    {"empty_object", "a message without a type", empty_object, DRILL_SENT, 0},
    {"unknown_type", "one of a type that does not exist", unknown_type, DRILL_SENT, 0},
    {"bad_utf8", "one that is not UTF-8", bad_utf8, DRILL_SENT, 0},
    {"zero_in_text", "one with a zero in it", zero_in_text, DRILL_SENT, 0},
    {"bomb_of_arrays", "a million brackets", bomb_of_arrays, DRILL_SENT, 0},
    {"bomb_in_report", "a million brackets in a report", bomb_in_report, DRILL_SENT, 0},
    {"long_name", "a type of a million letters", long_name, DRILL_SENT, 0},
    {"report_of_stranger", "the report of a run that it does not have", report_of_stranger, DRILL_SENT, 0},
    {"reports_of_all", "reports of all runs that there may be", reports_of_all, DRILL_SENT, 0},
    {"done_of_stranger", "the answer to a request that it was not sent", done_of_stranger, DRILL_SENT, 0},
    {"error_of_stranger", "an error for a request that it was not sent", error_of_stranger, DRILL_SENT, 0},
    {"event_of_stranger", "output in the name of another cell", event_of_stranger, DRILL_SENT, 0},
    {"call_of_stranger", "a call in the name of another cell", call_of_stranger, DRILL_SENT, 0},
    {"calls_of_all", "calls of a tool that no cell has", calls_of_all, DRILL_SENT, 0},
    {"cancel_of_stranger", "cancel another cell's call", cancel_of_stranger, DRILL_SENT, 0},
    {"waiting_of_stranger", "have another cell wait", waiting_of_stranger, DRILL_SENT, 0},
    {"ready_again", "be ready a second time", ready_again, DRILL_SENT, 0},
    {"failed_late", "fail to start, after the start", failed_late, DRILL_SENT, 0},
    {"huge_number", "an id that no number holds", huge_number, DRILL_SENT, 0},
    {"negative_number", "a negative id", negative_number, DRILL_SENT, 0},
    {"silence", "say nothing any more", silence, DRILL_STUCK, 0},
    {"half_a_frame", "leave in the middle of a frame", half_a_frame, DRILL_CRASHED, 0},
    {"quiet_exit", "leave without a word", quiet_exit, DRILL_CRASHED, 0},
    {"fault", "crash", fault, DRILL_CRASHED, 0},
    {"abort", "abort", call_abort, DRILL_CRASHED, 0},
    {"physical", "learn where its memory lies in the machine's", physical_addresses, DRILL_REFUSED, 0},
    {"secret", "find what another domain keeps, in all of the memory", look_for_secret, DRILL_REFUSED, 0},
    {0},
};
