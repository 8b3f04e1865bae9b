(async () => {
  const blob = new Blob(['0123456789', new Blob(['abcdef']).slice(1, 5), 'xyz']);
  console.log(await blob.text(), await blob.slice(2, -2).slice(3, -3).slice(1, 8).text());
  console.log(await new Blob([blob.slice(0, 2), blob.slice(-2)]).text());
})();
void 0;
