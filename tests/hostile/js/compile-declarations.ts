// status: ok
// timeout: 20s
// value: [1,2,"object"]
// why: words that are words of TypeScript here and names there
let type = 1, declare = 2, namespace = { module: 3 }, abstract: any = {}, as = 4, satisfies = 5, is = 6, readonly = 7, override = 8, keyof = 9, infer = 10, unique = 11, asserts = 12, accessor = 13;
declare
abstract
as as as as any
namespace.module
async: for (const of of [1]) { break async }
var enum_ = type satisfies number, from = <any>as;
[type, declare, typeof namespace]
