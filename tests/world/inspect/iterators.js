// ours: the engine does not say what an iterator of a Map or Set has still to give, and asking it would use it up
const map = new Map([['a', 1]]), set = new Set([1]);
console.log(map.entries(), map.keys(), map[Symbol.iterator](), set.values(), [set.entries()]);
const iterator = map.values();
console.log({ iterator });
console.log(iterator.next().value, Object.assign(set.values(), { extra: 1 }));
