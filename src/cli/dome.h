/* Where guests run: in workers, jailed processes of their own (cloche_pool.h), or, when the user says so, in this one.
 * Every subcommand that runs guests opens its thread here and nowhere else, and closes it with cloche_thread_close.
 *
 * It never falls back: what was to be jailed and cannot be is an error. */
#ifndef CLI_DOME_H
#define CLI_DOME_H

#include <uv.h>

#include "cloche.h"
#include "command.h"

/** What the command line says; the options of every such subcommand set it. */
typedef struct cli_wall {
  bool no_jail, require_jail;
} cli_wall;

/** Rows for a table of options, for settings that begin with a cli_wall. */
#define CLI_WALL_OPTIONS                                                                                           \
  {"The jail",  0, "no-jail", NULL, NULL, "runs guests in this process, and not in a jailed process of their own", \
   cli_wall_set},                                                                                                  \
  {                                                                                                                \
    "The jail", 0, "require-jail", NULL, NULL, "runs nothing where the kernel cannot give the whole jail",         \
        cli_wall_set                                                                                               \
  }
cloche_status cli_wall_set(void *settings, const cli_option *self, const char *value, cloche_error *err);

typedef struct cli_dome_plan {
  cli_wall wall;
  uint32_t cells; /**< at once, at most */
  uint32_t spare; /**< slots that are kept warm, in this process */
  bool early; /**< there will be one cell, without mounts and images of its own: its worker starts now, and no other */
  bool many;  /**< cells run side by side, so that each core may have a worker; else there is one */
  bool has_python; /**< of `early`: the cell will be one of Python */
} cli_dome_plan;

/** Opens the thread. It waits for no worker. */
cloche_status cli_dome_open(cloche_thread **out, const cli_dome_plan *plan, cloche_error *err);

/** Whether the run has not begun: its worker could not take it, or there could be none. In this process that is an error of
 *  cloche_cell_open or _start, and `err` is made the like of it. */
bool cli_dome_refused(const cloche_result *result, cloche_error *err);

/** A thread's part in a loop. Of one that is no pool there is none: all of it does nothing then. */
typedef struct cli_dome_watch {
  cloche_thread *thread; /**< NULL: it is no pool */
  uv_poll_t poll;
  /** A cell has news: it is to be stepped. May be NULL. */
  void (*on_news)(void *user, cloche_cell *cell);
  void *user;
} cli_dome_watch;

/** Begins to watch; 0, or an error of libuv's. The loop closes the handle, with all that it has. */
int cli_dome_watch_open(cli_dome_watch *watch, cloche_thread *thread, uv_loop_t *loop);

/** Does what is due; true when a cell has news. To be called before each wait, so that what was said to cells is sent, and
 *  after it, for what has no descriptor. */
bool cli_dome_serve(cli_dome_watch *watch);

/** When the wait has to end at the latest: CLOCK_MONOTONIC, UINT64_MAX for never. */
uint64_t cli_dome_deadline(const cli_dome_watch *watch);

#endif
