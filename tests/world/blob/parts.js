const bytes = new Uint8Array([65, 66, 67, 68, 69, 70, 71, 72]);
const parts = [bytes, bytes.buffer, bytes.subarray(2, 4), new DataView(bytes.buffer, 1, 2), new Uint16Array(bytes.buffer, 4, 1), 'text', new Blob(['blob'])];
(async () => {
  for (const part of parts) { const b = new Blob([part]); console.log(b.size, await b.text()); }
  const all = new Blob(parts);
  console.log(all.size, await all.text());
})();
void 0;
