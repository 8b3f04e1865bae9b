// status: ok
// timeout: 20s
// value: true
// why: fresh buffers and typed arrays hold nothing of what was there before
(() => { const junk = []; for (let i = 0; i < 200; i++) junk.push('secret'.repeat(50) + i); })();
[64, 1024, 16384].every((n) => new Uint8Array(n).every((b) => b === 0)
  && new Uint8Array(new ArrayBuffer(8, { maxByteLength: n }).transfer(n)).every((b) => b === 0));
