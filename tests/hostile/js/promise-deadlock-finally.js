// status: error
// timeout: 20s
// code: deadlock
// why: a deadlock is final: handlers that would run at the end do not
try { await new Promise(() => {}); } finally { for (;;); }
