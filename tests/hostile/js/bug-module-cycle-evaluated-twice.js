// status: ok
// value: "Error,Error"
// module: a=import 'b'; export const a = 'module a'; if (globalThis.fail) throw new Error('a');
// module: b=import 'a'; export const b = 'module b'; await import('a');
// module: c=import './missing'; export default 1;
// why: quickjs-ng issue 1320, bellard/quickjs issue 222: modules of a cycle are asked for again while they wait for each other, and one that is missing
const seen = [];
const some = ['a', 'b', 'a', 'b', 'c', 'nowhere'].map(n => import(n).then(m => seen.push(Object.keys(m).join()), e => seen.push(e.name)));
await Promise.race([Promise.allSettled(some), new Promise(f => setTimeout(f, 100))]);
seen.sort().join();
