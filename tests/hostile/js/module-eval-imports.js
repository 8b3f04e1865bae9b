// status: ok
// timeout: 20s
// module: a.js=export const a = 1;
// value: [1,1,1,"refused"]
// why: import() out of eval, new Function, a timer and a tampered Promise
const got = [(await (0, eval)("import('a.js')")).a, (await new Function("return import('./a.js')")()).a];
got.push(await new Promise((r) => setTimeout(() => import('a.js').then((m) => r(m.a)), 1)));
got.push(await (0, eval)("import('fs')").then(() => 'found', () => 'refused'));
got;
