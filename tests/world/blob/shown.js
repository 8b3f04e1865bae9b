console.log(new Blob(['abc'], {type: 'a/b'}));
console.log([new Blob(), {blob: new Blob(['x'])}]);
console.log({a: {b: {c: new Blob(['x'])}}});
