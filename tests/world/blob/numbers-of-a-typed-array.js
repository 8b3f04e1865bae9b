// views count by their bytes, whatever their items are
for (const C of [Int8Array, Uint8ClampedArray, Int16Array, Uint32Array, BigInt64Array, Float32Array, Float64Array]) console.log(C.name, new Blob([new C(3)]).size);
console.log(new Blob([new ArrayBuffer(5), new DataView(new ArrayBuffer(7), 2)]).size);
