// status: ok
// timeout: 20s
// value: ["undefined",3]
// why: names that a compiler written in JavaScript may look up in its tables, as everything that a name can be
type __proto__ = { constructor: string }; interface hasOwnProperty { toString(): valueOf; } type valueOf = string;
const __defineGetter__: number = 1; function isPrototypeOf<constructor>(toString: constructor): toString is any { return true; }
class __lookupGetter__ { constructor(public __proto__: any, private hasOwnProperty = 1) {} get prototype_(): __proto__ { return null as any; } }
enum toLocaleString { __proto__, constructor = 2, prototype = 'p' as any } label: for (const propertyIsEnumerable of [1]) continue label;
//# sourceMappingURL=data:application/json,{"version":3,"sources":["/etc/passwd"]}
/** @jsx __proto__.constructor */ /** @jsxFrag constructor */ /** @jsxRuntime automatic */ /** @jsxImportSource /etc */
[typeof (globalThis as any).compiler, __defineGetter__ + 2];
