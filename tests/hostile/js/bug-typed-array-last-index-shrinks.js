// status: ok
// value: [-1,-1,-1,-1,-1,-1,-1,-1,-1,-1,-1,-1,false,false,false,true,false,true]
// why: quickjs-ng pull request 1164, a buffer overflow in TypedArray.lastIndexOf: the start index shrinks the array
const seen = [];
for (const name of ['lastIndexOf', 'indexOf', 'includes'])
  for (const left of [0, 16, 2000]) {
    const room = new ArrayBuffer(4096, { maxByteLength: 4096 });
    const view = new Uint16Array(room);
    seen.push(view[name](0x4141, { valueOf() { room.resize(left); return 2000; } }), view[name](undefined, { valueOf() { room.resize(0); return 0; } }));
  }
seen;
