// status: timeout
// code: wall_time_limit
// why: continue that leaves an inner loop for ever
outer: do {
  for (;;) continue outer;
} while (true);
