// status: ok
// timeout: 20s
// value: "innermost"
// why: the value is a promise of a promise of a thenable
Promise.resolve(new Promise((r) => r({ then(s) { s('innermost'); } })));
