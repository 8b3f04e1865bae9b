// status: ok
// timeout: 20s
// module: t.js=globalThis.runs = (globalThis.runs ?? 0) + 1;\nthrow new Error('at the top');
// value: [1,true,"Error: at the top"]
// why: a module that throws runs once, and gives the same error each time
const errors = [];
for (let i = 0; i < 100; i++) await import('t.js').catch((e) => errors.push(e));
[runs, errors.length === 100 && errors.every((e) => e === errors[0]), String(errors[0])];
