(async () => {
  const blob = new Blob(['abc']), a = await blob.arrayBuffer(), b = await blob.arrayBuffer();
  console.log(a instanceof ArrayBuffer, a.byteLength, a === b, [...new Uint8Array(a)].join());
  console.log((await new Blob().arrayBuffer()).byteLength, (await blob.slice(1).arrayBuffer()).byteLength);
})();
void 0;
