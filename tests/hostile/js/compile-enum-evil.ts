// status: ok
// timeout: 20s
// value: [1,true,"toString,constructor,valueOf","function"]
// why: enum members with names that objects have already
enum E { toString = 'a', constructor = 'b', valueOf = 'c' }
enum P { __proto__ = 1, hasOwnProperty, x = ([] as any).length, y = `t` as any, z = 1 << 31 }
[P.hasOwnProperty === 2 as any ? 1 : 1, typeof P === 'object', Object.keys(E).join(), typeof ({} as any).constructor];
