// status: ok
// timeout: 20s
// memory: 256MiB
// value: [4194304,4194304,2097152,true]
// why: four mebibytes of bytes that are no text, in encodings of one byte and of several
const junk = new Uint8Array(4 << 20).fill(0xff);
const sizes = ['utf-8', 'koi8-r', 'utf-16le'].map((label) => new TextDecoder(label).decode(junk).length);
let refused = false;
try { new TextDecoder('utf-8', { fatal: true }).decode(junk); } catch { refused = true; }
[...sizes, refused];
