// status: ok
// timeout: 20s
// memory: 256MiB
// value: 100000
// why: a line of nearly a mebibyte
let n: number = 0; @@100000*n++; @@ n as number;
