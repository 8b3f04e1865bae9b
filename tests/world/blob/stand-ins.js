for (const f of [() => Object.create(Blob.prototype).size, () => Object.create(Blob.prototype).type, () => Blob.prototype.slice.call({}), () => Blob.prototype.size])
  try { f(); console.log('fine'); } catch (e) { console.log(e.name); }
(async () => console.log(await new Blob([Object.create(Blob.prototype, {toString: {value: () => 'a stand-in'}})]).text()))();
void 0;
