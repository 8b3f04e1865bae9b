for (const f of [() => new AbortSignal(), () => AbortSignal(), () => AbortController(), () => Object.create(AbortSignal.prototype).aborted,
  () => Object.getOwnPropertyDescriptor(AbortSignal.prototype, 'aborted').get.call(new EventTarget()),
  () => AbortController.prototype.abort.call({}), () => AbortController.prototype.signal, () => Reflect.construct(AbortSignal, [], Object),
  () => new (class extends AbortSignal {})()])
  try { f(); console.log('fine'); } catch (e) { console.log(e.name); }
console.log(Object.prototype.toString.call(new AbortController()), Object.prototype.toString.call(new AbortController().signal));
