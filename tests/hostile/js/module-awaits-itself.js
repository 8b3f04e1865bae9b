// status: error
// code: deadlock
// timeout: 20s
// module: me.js=export const x = await import('./me.js');
// why: a module that waits for its own import
await import('./me.js');
