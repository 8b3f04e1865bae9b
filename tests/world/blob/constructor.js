for (const parts of [undefined, [], [''], ['abc'], ['a', 'b', 'c'], [1, null, undefined, true, {}, [2, 3]], ['é', '€', '😀']])
  console.log(new Blob(parts).size, JSON.stringify(new Blob(parts).type));
console.log(new Blob() instanceof Blob, Object.prototype.toString.call(new Blob()), Blob.length, Blob.name);
