// status: timeout
// code: wall_time_limit
// tools: never
// why: calls in an endless loop, far above every number, the rejections all caught
for (;;) { tools.never(1).catch(() => {}); await null; }
