// status: ok
// timeout: 20s
// limits: display=1000
// value: [1000,"display_limit","display_limit"]
// why: exactly what the limit allows, then a byte more, then base64 that is longer than its bytes
let shown = 0;
const codes = [];
for (let i = 0; i < 10; i++) { display('x'.repeat(100)); shown += 100; }
for (const v of ['y', new Uint8Array(750)]) try { display(v); } catch (e) { codes.push(e.code); }
[shown, ...codes];
