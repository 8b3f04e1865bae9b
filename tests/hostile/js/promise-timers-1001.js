// status: limit
// timeout: 20s
// code: timers_limit
// why: one timer more than allowed
for (let i = 0; i < 1001; i++) setTimeout(() => {}, 60000);
