// ours: Node has no map of modules; what is shown of a namespace is what it shows
const namespace = await import('m');
console.log(namespace);
console.log({ namespace, deep: { a: { b: namespace } } }, [namespace]);
const empty = await import('empty');
console.log(empty, { empty });
