// status: error
// code: unknown_module|uncaught_error
// timeout: 20s
// module: real.js=1
// why: the error of an unknown module names those there are
await import('./unreal.js');
