/* The soak test: hosts that do what hosts do, for as long as one likes, in three worlds at once: a pool whose workers are killed,
 * one whose workers live, and cells in this process. actors.c is the load, soak.c watches what it costs. */
#ifndef SOAK_H
#define SOAK_H

#include "cloche_pool.h"

typedef struct soak_actor soak_actor;

typedef struct soak_world {
  const char *name;
  bool pool, kills_workers;
  cloche_thread *thread;
  cloche_engine *js, *python; /* python NULL: this build has none */
  soak_actor *actors;
  size_t actor_count;
  bool resting; /* nothing is begun any more */
  /* what was done */
  uint64_t runs, killed_runs, forks, snapshots, undos, resets, calls, crashed, restarts, kills, told;
  char last_told[300]; /* by the pool's log */
} soak_world;

/** Opens engines, thread and actors; ends the program when that is refused. */
void soak_open(soak_world *world, const char *worker_path);
void soak_close(soak_world *world);

/** Some steps of everybody: begins what is to begin, answers, checks what has ended. Ends the program with a sentence
 *  when something is not as it must be. */
void soak_turn(soak_world *world);

/** Lets everything that is at work end, and closes all cells. */
void soak_rest(soak_world *world);

/** Kills one of the pool's workers, or has all of them replaced. */
void soak_kill_one(soak_world *world);
void soak_restart(soak_world *world);

uint64_t soak_now(void); /* nanoseconds of CLOCK_MONOTONIC */
uint32_t soak_random(uint32_t below);
_Noreturn void soak_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
