// ours: timer functions are no constructors, as Web IDL says of operations; Node's are
for (const f of [setTimeout, setInterval, clearTimeout, clearInterval, queueMicrotask]) {
  console.log(f.name, f.length, Reflect.ownKeys(f).join(), Object.isExtensible(f));
  try { new f(() => {}, 1); } catch (e) { console.log(e.name); }
}
