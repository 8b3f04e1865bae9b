// the methods give promises, for a wrong `this` too
for (const name of ['text', 'arrayBuffer']) {
  const p = new Blob(['x'])[name]();
  console.log(name, p instanceof Promise, Blob.prototype[name].length);
  try {
    const q = Blob.prototype[name].call({});
    console.log('no throw', q instanceof Promise);
    q.catch((e) => console.log(e.name));
  } catch (e) { console.log('throws', e.name); }
}
