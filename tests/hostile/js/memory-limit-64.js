// status: ok
// timeout: 20s
// value: 50331648
// why: what is below the limit is granted
new Uint8Array(48 << 20).fill(1).length;
