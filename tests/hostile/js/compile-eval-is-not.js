// status: ok
// timeout: 20s
// value: [3,"undefined"]
// why: eval and new Function take JavaScript alone, whatever the language of the source
let refused = 0;
for (const s of ['let x: number = 1', 'enum E { A }', '<a />']) try { (0, eval)(s); } catch (e) { if (e instanceof SyntaxError) refused++; }
[refused, typeof compiler];
