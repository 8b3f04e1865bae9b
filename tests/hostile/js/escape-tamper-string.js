// status: ok
// timeout: 20s
// value: {"s":"text"}
// tools: echo
// why: the methods of strings, numbers and symbols are replaced
for (const C of [String, Number, Boolean, Symbol, BigInt, RegExp, Date]) for (const k of Object.getOwnPropertyNames(C.prototype))
  if (k !== 'constructor') try { C.prototype[k] = () => { throw new Error('tampered ' + k); }; } catch {}
console.log('a %s', 'b', 1, Symbol.iterator, 5n, /x/);
await tools.echo({ s: 'text' });
