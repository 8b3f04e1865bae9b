// status: ok
// value: [8,"TypeError",0,"RangeError","RangeError","TypeError"]
// why: quickjs-ng issue 988: a DataView that tracks the length of its buffer is used after each change, its arguments change it again
const room = new ArrayBuffer(16, { maxByteLength: 64 });
const data = new DataView(room, 8);
const seen = [];
const attempt = f => { try { seen.push(f()); } catch (e) { seen.push(e.name); } };
attempt(() => data.byteLength);
attempt(() => data.setFloat64({ valueOf() { room.resize(8); return 0; } }, 1));
attempt(() => data.byteLength);
attempt(() => { room.resize(64); data.setBigInt64(48, { valueOf() { room.resize(9); return 1n; } }); });
attempt(() => data.setUint32(0, { valueOf() { room.resize(0); return 1; } }));
attempt(() => data.byteOffset);
seen;
