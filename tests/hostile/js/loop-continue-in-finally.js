// status: timeout
// code: wall_time_limit
// why: continue inside finally overrides whatever ended the body
again: for (;;) {
  try { throw 1; } finally { continue again; }
}
