// status: ok
// value: ["TypeError","TypeError","TypeError","TypeError"]
// why: quickjs-ng issue 1296: as by shrinking, but the getter of the prototype moves the buffer away
const seen = [];
for (const args of [[], [8], [8, 16], [undefined, 64]]) {
  const room = new ArrayBuffer(1024);
  let moved;
  const target = new Proxy(function () {}, { get(_, key) { if (key === 'prototype') moved ??= room.transfer(16); return Uint8Array.prototype; } });
  try {
    const view = Reflect.construct(Uint8Array, [room, ...args], target);
    view.fill(0x41);
    seen.push(view.length);
  } catch (e) { seen.push(e.name); }
}
seen;
