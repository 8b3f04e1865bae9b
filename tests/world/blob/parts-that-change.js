// ours: a part whose text detaches or shrinks the part before it
const bytes = new Uint8Array(8).fill(97);
const blob = new Blob([bytes, {toString() { bytes.buffer.transfer(0); return 'b'; }}, bytes]);
console.log(blob.size, JSON.stringify(await blob.text()));
const resizable = new ArrayBuffer(8, {maxByteLength: 16});
const other = new Blob([resizable, {toString() { resizable.resize(2); return 'c'; }}, new Uint8Array(resizable)]);
console.log(other.size);
const growing = ['a', {toString() { if (growing.length < 5) growing.push('g'); return 'b'; }}];
console.log(await new Blob(growing).text());
