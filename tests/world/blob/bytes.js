// ours: Node 20 has no bytes() yet
const blob = new Blob(['abc']);
const a = await blob.bytes(), b = await blob.slice(1).bytes();
console.log(a instanceof Uint8Array, a.length, a.byteOffset, a.buffer.byteLength, b.join(), b.buffer.byteLength);
a.fill(0);
console.log(await blob.text(), a === await blob.bytes());
