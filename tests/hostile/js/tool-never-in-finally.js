// status: timeout
// code: wall_time_limit
// tools: never
// why: the kill while a tool is pending runs no handler
try { await tools.never({}); } catch { for (;;); } finally { for (;;); }
