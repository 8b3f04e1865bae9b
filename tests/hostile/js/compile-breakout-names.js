// status: ok
// timeout: 20s
// value: [1,2,3,"undefined"]
// why: bindings with names that the rewriting could trip over
var __proto__ = 1, arguments_ = 2, undefined_ = 3;
let { a = () => { return 5 }, ...__imported } = {};
const async = 1, of = 2, get = 3, let_ = 4, yield_ = 5;
function then() {}
if (async) return [async, of, get, typeof missing];
