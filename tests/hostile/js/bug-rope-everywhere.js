// status: ok
// value: "36000,36000,36000,36000,1,4000,NaN,36000,0,1,NaN,36000,36000,d,true,36000,40000,2,36000,36000,48000,36000"
// why: quickjs-ng issue 1571: strings that are still two halves are given to built-ins that want flat ones
const rope = () => 'ab'.repeat(9000) + 'cd'.repeat(9000);
const uses = [s => new RegExp(s).source.length, s => JSON.parse('"' + s + '"').length, s => encodeURIComponent(s).length, s => Symbol(s).description.length, s => ({ [s]: 1 })[s], s => BigInt('1'.repeat(2000) + '2'.repeat(2000)).toString().length, s => parseFloat(s), s => s.normalize().length, s => s.localeCompare(s), s => new Map([[s, 1]]).get(s + ''), s => Date.parse(s), s => escape(s).length, s => new Function('return "' + s + '"')().length, s => s.at(-1), s => s.isWellFormed(), s => [...s].length, s => s.padEnd(40000, s).length, s => s.split(s).length, s => s.replaceAll(s, s).length, s => new Error(s).message.length, s => btoa(s).length, s => new TextEncoder().encode(s).length];
uses.map(f => { try { return f(rope()); } catch (e) { return e.name; } }).join();
