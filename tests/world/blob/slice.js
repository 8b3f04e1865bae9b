const blob = new Blob(['0123456789']);
(async () => {
  for (const args of [[], [0], [3], [3, 6], [-3], [-5, -2], [6, 3], [0, 100], [100], [-100, 2], [5, 5], [undefined, 4], [0, -1], ['2', '4']])
    { const part = blob.slice(...args); console.log(JSON.stringify(args), part.size, await part.text()); }
})();
void 0;
