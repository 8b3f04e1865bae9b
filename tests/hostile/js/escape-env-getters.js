// status: ok
// timeout: 20s
// value: true
// why: Date, performance and Math.random tell nothing of the host but numbers
[Date.now(), performance.now(), Math.random(), new Date().getTimezoneOffset()].every(Number.isFinite);
