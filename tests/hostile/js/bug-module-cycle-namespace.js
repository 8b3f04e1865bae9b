// status: ok
// value: "fb"
// module: a=import { fb } from 'b'; export { fb };
// module: b=import * as a from 'a'; export function fb() { return Object.keys(a).join(); }
// why: quickjs-ng issue 567, bellard/quickjs issue 329: the namespace of a module that re-exports from a cycle is made before its variables are
const { fb } = await import('a');
fb();
