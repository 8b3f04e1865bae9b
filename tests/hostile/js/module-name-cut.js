// status: ok
// timeout: 20s
// module: a.js=export const a = 1;
// value: "refused"
// why: a name with a NUL in it is not the name before the NUL
await import('a.js\u0000.evil').then((m) => 'found ' + Object.keys(m), () => 'refused');
