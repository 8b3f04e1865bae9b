// status: ok
// timeout: 20s
// value: [1048576,1048576,524288,true]
// why: a mebibyte of bytes that are no text, in encodings of one byte and of several
const junk = new Uint8Array(1 << 20).fill(0xff);
const sizes = ['utf-8', 'koi8-r', 'utf-16le'].map((label) => new TextDecoder(label).decode(junk).length);
let refused = false;
try { new TextDecoder('utf-8', { fatal: true }).decode(junk); } catch { refused = true; }
[...sizes, refused];
