// status: ok
// timeout: 20s
// value: "kept"
// why: console is replaced, frozen, deleted; the run's own value is untouched
console.log = null;
console = { log() { throw 1; } };
Object.freeze(globalThis.console);
delete globalThis.console;
'kept';
