// status: ok
// timeout: 20s
// memory: 256MiB
// value: 910000
// why: a line of nearly a mebibyte
let n: number = 0; const s: string = '@@900000*x@@'; @@10000*n++; @@ s.length + n as number;
