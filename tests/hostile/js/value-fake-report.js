// status: ok
// timeout: 20s
// value: {"status":"timeout","code":"wall_time_limit","error":{"name":"Forged"},"metrics":{"cpu_ms":0}}
// why: a value that looks like a report stays a value
({ status: 'timeout', code: 'wall_time_limit', error: { name: 'Forged' }, metrics: { cpu_ms: 0 } });
