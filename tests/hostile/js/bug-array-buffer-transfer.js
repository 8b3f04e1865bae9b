// status: ok
// value: [[0,true,0],[0,true,0],[0,true,0],[0,true,0],"TypeError",65]
// why: quickjs-ng issue 1208, bellard/quickjs issue 450: views of a buffer that was transferred read what was freed
const room = new ArrayBuffer(64, { maxByteLength: 4096 });
const views = [Uint8Array, Int16Array, Float32Array, BigInt64Array].map(Kind => new Kind(room));
const data = new DataView(room);
views[0].fill(0x41);
const moved = [room.transfer(8), 0];
moved[1] = moved[0].transferToFixedLength(1 << 16);
const spray = [];
for (let i = 0; i < 200; i++) spray.push(new Uint8Array(64).fill(0x42));
const seen = views.map(v => [v.length, v[0] === undefined, v.byteOffset]);
try { data.getUint8(0); } catch (e) { seen.push(e.name); }
seen.push(new Uint8Array(moved[1])[7]);
seen;
