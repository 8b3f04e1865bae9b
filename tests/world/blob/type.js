for (const type of ['text/plain', 'TEXT/Plain', '', 'text/plain;charset=utf-8', 'a b', 'é', 'a\tb', '\0', '\x7f', 'not a type', undefined, null, 1, {toString() { return 'OBJECT'; }}])
  console.log(JSON.stringify(new Blob([], {type}).type));
