// status: ok
// timeout: 20s
// value: {"a":{"b":1}}
// why: objects without a prototype cross like others
Object.assign(Object.create(null), { a: Object.assign(Object.create(null), { b: 1 }) });
