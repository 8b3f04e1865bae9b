// status: ok
// timeout: 20s
// value: true
// why: code made through the console's functions sees the guest's globals alone
console.log.constructor('return this')() === globalThis;
