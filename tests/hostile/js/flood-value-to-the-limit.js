// status: ok
// timeout: 20s
// why: a value of exactly the limit of 1 MiB
'x'.repeat((1 << 20) - 2);
