const blob = new Blob(['abc'], {type: 'a/b'});
for (const type of [undefined, '', 'c/D', 'é', null, 1]) console.log(JSON.stringify(blob.slice(0, 1, type).type));
console.log(JSON.stringify(blob.slice().type), blob.type, blob.slice() instanceof Blob, blob.slice() === blob);
