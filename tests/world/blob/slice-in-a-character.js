(async () => {
  const blob = new Blob(['a€b']);
  for (let i = 0; i < blob.size; i++) console.log(i, JSON.stringify(await blob.slice(i, i + 2).text()));
})();
void 0;
