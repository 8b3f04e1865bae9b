const deep = { a: { b: { c: { d: { e: 1 } } } }, l: [[[[[1]]]]] };
console.dir(deep); console.dir(deep, { depth: 0 }); console.dir(deep, { depth: 1 }); console.dir(deep, { depth: 5 }); console.dir(deep, { depth: null }); console.dir(deep, { depth: Infinity }); console.dir(deep, { depth: -1 });
console.dir('text'); console.dir('%s', 'x'); console.dir(5); console.dir(undefined); console.dir([1, 2, 3], null); console.dir({ a: 1 }, {}); console.dir(Symbol('s')); console.dir(-0); console.dir("it's");
console.dir(Array.from({ length: 120 }, (_, i) => i), { maxArrayLength: 3 }); console.dir(Array.from({ length: 110 }, (_, i) => i), { maxArrayLength: null }); console.dir({ a: 'x'.repeat(20), b: 'y'.repeat(20) }, { breakLength: 30 });
console.dir([1, 2, 3], { maxArrayLength: 0 }); console.dir(new Set([1, 2, 3]), { maxArrayLength: 1 }); console.dir(new Map([[1, 2], [3, 4]]), { maxArrayLength: 1 }); console.dir({ a: [1, 2, 3] }, { breakLength: Infinity });
console.dir([1, 2], { showHidden: true }); console.dir(Object.defineProperty({ a: 1 }, 'h', { value: [1] }), { showHidden: true }); console.dir(new Map([[1, 2]]), { showHidden: true });
console.dirxml({ a: 1 }, [2], 'three'); console.dirxml('%s', 'formatted'); console.dir(Object.create({ a: 1 }), { showHidden: true }); console.dir(new Uint8Array(2), { maxArrayLength: 1 });
let nest = {}; for (let i = 0; i < 30; i++) nest = { nest }; console.dir(nest, { depth: Infinity }); nest = []; for (let i = 0; i < 30; i++) nest = [nest, i]; console.dir(nest, { depth: null });
