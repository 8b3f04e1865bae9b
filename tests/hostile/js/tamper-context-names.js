// status: ok
// timeout: 20s
// context: {"__proto__": {"polluted": 1}, "constructor": 1, "then": 2, "toJSON": 3, "$type": "map", "hasOwnProperty": 4, "": 5, "\\u0000": 6}
// value: [null,"__proto__,constructor,then,toJSON,$type,hasOwnProperty,,\u0000",true]
// why: names in the context that mean something elsewhere are names like others
[{}.polluted ?? null, Object.getOwnPropertyNames(context).join(), Object.getPrototypeOf(context) === Object.prototype];
