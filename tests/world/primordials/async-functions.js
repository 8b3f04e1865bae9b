// ours: the guest replaces the prototypes of async functions and async generators, and harms only itself
const {run, value, replace} = await import('scenario');
const todo = [];
async function* g() {}
for (let object of [async () => {}, g, g(), (function* () {}), (function* () {})()])
  while ((object = Object.getPrototypeOf(object)) !== Object.prototype)
    if (object !== Function.prototype) todo.push(object);
while (todo.length > 0) replace(todo.pop());
await run();
value;
