/* The programs of the hostile corpus as files: read, written out in full, and what their headers say. They are ours: what is
 * wrong with one ends the runner.
 *
 * A file's extension (.js, .jsx, .ts, .tsx, .py) is its language; a folder is for one engine. In a program @@N*TEXT@@
 * stands for N times TEXT, in which # is the number of the repetition from 0, \n a line break and \\ a backslash; so that
 * bombs are short to write.
 *
 * Headers: `// key: value` (Python: `# key: value`) lines at the top of a program: status and code (`a|b` where either may
 * be), value, error, timeout, memory, stack, tools, why, `limits: NAME=VALUE,...` for any others, `context: JSON`,
 * `module: NAME=TEXT` (may stand several times; \n and \\ as above; its language by the name's extension), and `polls: no`
 * for a program that only the hard step ends: --polled skips those, for ThreadSanitizer and valgrind, which hold signals
 * back while no system call is made. `complete: TEXT` has the program's state looked at for completion of that text: the
 * answer must begin with `names: [...]`, and nothing may have been printed meanwhile. `again: N` runs the program N times,
 * one after the other in one session; `copies: N` in N cells at once. */
#ifndef HOSTILE_PROGRAM_H
#define HOSTILE_PROGRAM_H

#include <stddef.h>

enum { MAX_MODULES = 16 };

typedef struct {
  char name[256];
  char *text;
  size_t len;
} given_module;

typedef struct {
  char status[64], code[128], value[4096], error[4096], tools[256], timeout[32], memory[32], stack[32], polls[16],
      again[16], copies[16], limits[256], why[512], complete[256], names[512];
  char *context;
  given_module modules[MAX_MODULES];
  size_t module_count;
} expectation;

/** The text of a program, written out; free() it. */
char *read_program(const char *folder, const char *name, size_t *len);

/** What its header says, until drop_header. */
void read_header(expectation *e, const char *text);
void drop_header(expectation *e);

/** The language of a file or module; NULL: its extension is none of ours. */
const char *language_of(const char *name);

#endif
