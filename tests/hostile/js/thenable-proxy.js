// status: ok
// timeout: 20s
// value: "taken"
// why: a proxy that is a thenable for whoever asks
const p = new Proxy({}, { get: (target, key) => key === 'then' ? (yes) => yes('taken') : undefined });
return p;
