// status: ok
// timeout: 20s
// value: 5
// why: lexical bindings that hide what a bootstrap may look up by name
let JSON = 1, Promise = 2, Object = 3, Array = 4, Error = 5, Symbol = 6, console = 7, tools = 8, globalThis = 9, Reflect = 10;
Error;
