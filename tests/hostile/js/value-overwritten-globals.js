// status: ok
// timeout: 20s
// value: [1,2]
// why: globals replaced by values of other kinds
globalThis.Array = globalThis.JSON = globalThis.Object = globalThis.Promise = 0;
[1, 2];
