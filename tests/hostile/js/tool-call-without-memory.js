// status: ok
// value: ["done",7]
// timeout: 20s
// tools: echo
// why: a call with next to no memory left, and one after it was given back
let hold = [];
try { for (let n = 1 << 20; n > 64; ) { try { hold.push(new Uint8Array(n)); } catch { n >>= 1; } } } catch {}
try { tools.echo({ s: 'text' }).catch(() => {}); } catch {}
hold = null;
await null;
['done', await tools.echo(7)];
