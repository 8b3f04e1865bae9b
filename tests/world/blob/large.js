const line = 'x'.repeat(1023) + '\n';
const blob = new Blob(Array.from({length: 2000}, () => line));
console.log(blob.size);
(async () => {
  console.log((await blob.text()).length, (await blob.slice(1000000, 1000100).text()).length);
  let n = 0;
  for (let at = 0; at < blob.size; at += 65536) n += (await blob.slice(at, at + 65536).arrayBuffer()).byteLength;
  console.log(n);
})();
void 0;
