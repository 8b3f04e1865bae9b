// status: ok
// timeout: 20s
// value: [true,true]
// why: randomness into arrays that lie about their size, that are detached, resized, of classes of their own
const lie = Object.defineProperties(new Uint8Array(8), { byteLength: { value: 60000 }, length: { value: 60000 }, byteOffset: { value: 70000 }, buffer: { value: new ArrayBuffer(1) } });
const guard = new Uint8Array(1 << 16);
const b = new ArrayBuffer(64, { maxByteLength: 128 }), followed = new Uint8Array(b), fixed = new Uint8Array(b, 32, 32), gone = new Uint8Array(16);
gone.buffer.transfer();
b.resize(16);
class Mine extends Uint8Array { get byteLength() { throw 1; } static get [Symbol.species]() { throw 2; } }
for (const v of [lie, followed, fixed, gone, new Mine(8), new BigInt64Array(3), Object.setPrototypeOf(new Uint16Array(3), null), new Proxy(new Uint8Array(3), {}), 5, null, {}, [1, 2]]) try { crypto.getRandomValues(v); } catch {}
for (const f of [crypto.getRandomValues, crypto.randomUUID]) try { f.call({}, new Uint8Array(2)); } catch {}
for (let i = 0; i < 20000; i++) crypto.getRandomValues(new Uint8Array(0));
[guard.every((x) => x === 0), crypto.getRandomValues(new Uint8Array(64)).some((x) => x !== 0)];
