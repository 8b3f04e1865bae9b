// status: ok
// value: ["1,,,,,,,,,7,true",",,,,,,,,,7,true","1,2,3,1,2,3,1,2,3,1,true","1,2,3,1,2,3,1,2,3,7,true"]
// why: bellard/quickjs issue 189: iterators that are closed on the way out of nested loops, finally and switch in a generator
function* inner() { try { yield 1; yield 2; } finally { yield 3; } }
function* outer(n) {
  for (const a of inner())
    for (const [b] of [[1], [2]])
      try { switch (b) { case 1: for (const c of inner()) { if (n === 0) return a; if (n === 1) break; yield* inner(); } } }
      finally { if (n === 2) for (const d of inner()) return d; }
}
[0, 1, 2, 3].map(n => { const g = outer(n), seen = []; for (let i = 0; i < 9; i++) seen.push(g.next().value); seen.push(g.return(7).value, g.next().done); return seen.join(); });
