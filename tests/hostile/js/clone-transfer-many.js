// status: ok
// timeout: 20s
// value: [20000,0,true]
// why: twenty thousand buffers are moved at once
const list = Array.from({ length: 20000 }, (_, i) => new ArrayBuffer(i % 7)), c = structuredClone(list, { transfer: list });
[c.length, list.reduce((s, b) => s + b.byteLength, 0), list.every((b) => b.detached)];
