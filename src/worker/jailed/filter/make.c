/* Writes, at build time, what libseccomp makes of the table of calls: C arrays of BPF instructions for the processors that
 * Cloche is built for, or the table as a page. A worker so needs no libseccomp, and no time to build its filter.
 *
 *     make_filter header > jail_filter.h
 *     make_filter page > part of docs/JAIL.md */

#include <errno.h>
#include <linux/filter.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"

enum { PROGRAM_MAX = 4096 };

static const struct {
  uint32_t arch;
  const char *macro;
} processors[] = {{SCMP_ARCH_X86_64, "__x86_64__"}, {SCMP_ARCH_AARCH64, "__aarch64__"}};

static int add_form(scmp_filter_ctx filter, int call, const cl_call_part *parts) {
  struct scmp_arg_cmp compare[CL_CALL_PARTS];
  unsigned count = 0;
  for (; count < CL_CALL_PARTS && parts[count].mask != 0; count++)
    compare[count] = (struct scmp_arg_cmp){.arg = parts[count].argument,
                                           .op = SCMP_CMP_MASKED_EQ,
                                           .datum_a = parts[count].mask,
                                           .datum_b = parts[count].value};
  return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, count, compare);
}

/* 0, or an error negated. libseccomp wants the numbers of the processor that it runs on, or its own for what that has not. */
static int add_call(scmp_filter_ctx filter, const cl_call *call) {
  int number = seccomp_syscall_resolve_name(call->name);
  if (number == __NR_SCMP_ERROR) return -ENOSYS; /* misspelt */
  int failed = add_form(filter, number, call->form[0]);
  for (size_t i = 1; !failed && i < CL_CALL_FORMS && call->form[i][0].mask != 0; i++)
    failed = add_form(filter, number, call->form[i]);
  return failed;
}

static scmp_filter_ctx build(uint32_t arch, bool mounts) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (!filter) return NULL;
  int failed = 0;
  if (arch != seccomp_arch_native()) {
    failed = seccomp_arch_add(filter, arch);
    if (!failed) failed = seccomp_arch_remove(filter, SCMP_ARCH_NATIVE);
  }
  if (!failed) failed = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  if (!failed)
    failed = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a tree: no call is far from the start */
  for (size_t i = 0; !failed && i < cl_call_count; i++)
    if (mounts || !cl_calls[i].mounts) failed = add_call(filter, &cl_calls[i]);
  if (!failed) return filter;
  fprintf(stderr, "make_filter: libseccomp refuses: %s\n", strerror(-failed));
  seccomp_release(filter);
  return NULL;
}

static bool write_array(const char *name, uint32_t arch, bool mounts) {
  struct sock_filter program[PROGRAM_MAX];
  scmp_filter_ctx filter = build(arch, mounts);
  FILE *file = tmpfile();
  bool made = filter && file && seccomp_export_bpf(filter, fileno(file)) == 0;
  size_t count = 0;
  if (made) {
    rewind(file);
    count = fread(program, sizeof *program, PROGRAM_MAX, file);
  }
  if (file) fclose(file);
  if (filter) seccomp_release(filter);
  if (!made || count == 0 || count == PROGRAM_MAX) return false;
  printf("static const struct sock_filter %s[] = {\n", name);
  for (size_t i = 0; i < count; i++)
    printf("  {0x%x, %u, %u, 0x%x},\n", program[i].code, program[i].jt, program[i].jf, program[i].k);
  printf("};\n");
  return true;
}

static bool write_header(void) {
  printf("/* Made by make_filter from src/worker/jailed/filter/calls.c. */\n");
  for (size_t i = 0; i < sizeof processors / sizeof processors[0]; i++) {
    printf("#%s defined(%s)\n", i ? "elif" : "if", processors[i].macro);
    if (!write_array("filter_plain", processors[i].arch, false) ||
        !write_array("filter_mounts", processors[i].arch, true))
      return false;
  }
  printf("#endif\n");
  return true;
}

static void write_rows(bool mounts) {
  printf("| call | arguments | why |\n|---|---|---|\n");
  for (size_t i = 0; i < cl_call_count; i++) {
    const cl_call *call = &cl_calls[i];
    if (call->mounts == mounts)
      printf("| `%s` | %s | %s |\n", call->name, call->forms ? call->forms : "any", call->why);
  }
}

static bool write_page(void) {
  write_rows(false);
  printf("\nIn workers whose cells have mounted directories, also:\n\n");
  write_rows(true);
  return true;
}

int main(int argc, char **argv) {
  bool page = argc == 2 && strcmp(argv[1], "page") == 0;
  if (!page && (argc != 2 || strcmp(argv[1], "header") != 0)) {
    fprintf(stderr, "usage: make_filter header | page\n");
    return 2;
  }
  bool written = page ? write_page() : write_header();
  return written && fflush(stdout) == 0 ? 0 : 1;
}
