// what becomes of the parts after the making does not matter
const bytes = new Uint8Array([97, 98, 99]), blob = new Blob([bytes, bytes.buffer]);
bytes.fill(120);
(async () => {
  console.log(await blob.text());
  const a = new Uint8Array(await blob.arrayBuffer());
  a.fill(121);
  console.log(await blob.text(), await blob.slice(1, 3).text());
})();
void 0;
