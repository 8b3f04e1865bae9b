// status: ok
// timeout: 20s
// value: 50000
// why: a template literal of ten thousand parts
const n: number = 1;
const s: string = `@@10000*part ${n as number}@@`;
s.length - 10000;
