// status: ok
// timeout: 20s
// module: a.js=export const a = 1;
// value: "found a"
// why: a name ends at a NUL, as the engine hands it over; it leads to a module of the host's all the same
await import('a.js\u0000.evil').then((m) => 'found ' + Object.keys(m), () => 'refused');
