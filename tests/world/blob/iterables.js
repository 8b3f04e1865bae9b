(async () => {
  for (const parts of [new Set(['a', 'b']), new Map([['k', 'v']]).values(), new Uint8Array([1, 23]), (function* () { yield 'x'; yield new Uint8Array([121]); })(), Object('string object'), ['array', , 'hole']])
    console.log(await new Blob(parts).text());
})();
void 0;
