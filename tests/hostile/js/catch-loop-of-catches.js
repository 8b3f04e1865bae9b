// status: timeout
// code: wall_time_limit
// why: whatever is thrown into the inner loop is caught by the outer
for (;;) { try { for (;;); } catch {} finally { continue; } }
