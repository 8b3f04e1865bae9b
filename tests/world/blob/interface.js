// ours: no stream(), since there are no streams here; bytes() is newer than Node 20
console.log(Object.keys(Blob.prototype).join(), 'stream' in Blob.prototype);
const d = Object.getOwnPropertyDescriptor(Blob.prototype, Symbol.toStringTag);
console.log(d.value, d.writable, d.enumerable, d.configurable, Blob.length, Blob.prototype.slice.length);
