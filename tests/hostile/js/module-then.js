// status: ok
// timeout: 20s
// module: t.js=export function then(yes) { yes('taken'); }\nexport const a = 1;
// value: "taken"
// why: a module that exports then is a thenable for import()
await import('t.js');
