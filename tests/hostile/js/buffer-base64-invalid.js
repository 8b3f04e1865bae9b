// status: ok
// timeout: 20s
// value: ["SyntaxError","SyntaxError","TypeError"]
// why: base64 and hex text that is broken, and a target that is detached
const t = new Uint8Array(8);
t.buffer.transfer();
[() => Uint8Array.fromBase64('A'), () => Uint8Array.fromHex('0g'), () => t.setFromBase64('AAAA')].map((f) => {
  try { f(); return 'none'; } catch (e) { return e.name; }
});
