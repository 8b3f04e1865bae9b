// ours: what there is of the interface; Node has user timing, too
console.log(Object.keys(Object.getPrototypeOf(performance)).join(), performance instanceof EventTarget, Reflect.ownKeys(performance).length);
for (const f of [() => (0, performance.now)(), () => performance.now.call({}), () => Object.getPrototypeOf(performance).timeOrigin, () => new performance.constructor()])
  try { f(); console.log('fine'); } catch (e) { console.log(e.name); }
console.log(performance.now() < 1000, performance.timeOrigin > 1.6e12);
