/* What the tests of faults share: a pool whose log is kept, sessions that count, and the processes behind them.
 *
 * Faults are made from outside, as a machine makes them: signals to workers, limits of the process, programs that are no
 * workers. What must hold after each: every run that was told to have ended well is in its session, the pool serves, and no
 * call has hung (a test that lasts longer than FT_SECONDS is ended by a signal). */
#ifndef FAULTS_H
#define FAULTS_H

/* clang-format off: cmocka.h wants these before it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cloche_pool.h"

enum { FT_SECONDS = 90, FT_SESSIONS = 8 };
#define FT_MS 1000000ull

extern cloche_thread *ft_pool;
extern cloche_engine *ft_js;

/** A session with a variable `n`, and what it must be. */
typedef struct ft_session {
  cloche_cell *cell;
  uint64_t n;
  bool at_work;
  char domain[16];
} ft_session;

/** Opens ft_pool and begins to watch the time. `options` NULL: two workers a domain. */
void ft_begin(const cloche_pool_options *options);
/** The same, but gives what cloche_pool_open says. */
cloche_status ft_try_begin(const cloche_pool_options *options);
void ft_end(void);

/** How often the pool's log has had this code since ft_begin. */
size_t ft_logged(const char *code);

cloche_cell *ft_open(const char *domain, bool session);
ft_session ft_session_open(const char *domain);
/** A run that must end well with this value. */
void ft_value(cloche_cell *cell, const char *source, const char *want);
/** A run, however it ends: its status, or that of the call if it was refused. */
cloche_status ft_run(cloche_cell *cell, const char *source);

/** Starts `n += 1` in a session that rests; ft_pump notes how it ends. False: it was refused as a crash may have it. */
bool ft_start(ft_session *session, const char *source);
/** Waits up to `until` and does what is due; sessions whose runs have ended are at rest then, and count. Statuses other than
 *  CLOCHE_OK and CLOCHE_WORKER_CRASHED fail the test unless they are `also`. */
void ft_pump(ft_session *sessions, size_t count, uint64_t until, cloche_status also);
/** Pumps until all rest. */
void ft_settle(ft_session *sessions, size_t count, cloche_status also);
/** The session's own word for `n`. */
void ft_check(ft_session *session);

/** Process numbers of workers that are not of this state (NULL: of all); gives how many. */
size_t ft_workers(int *pids, size_t max, const char *but);
void ft_kill_all(int signal_number);
/** Kills all workers, and waits until the pool knows: a run that is begun then has never been in one of them. */
void ft_lose_all(void);

uint64_t ft_now(void);
uint32_t ft_random(uint32_t below);

/** Moves the time of day that this process sees, by seconds; the monotonic clock stays. */
void ft_jump(int64_t seconds);

int ft_run_workers(void);
int ft_run_resources(void);
int ft_run_starts(void);

#endif
