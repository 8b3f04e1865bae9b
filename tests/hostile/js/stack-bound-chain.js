// status: limit
// timeout: 20s
// code: stack_limit
// why: a chain of bound functions is called
let f = () => 1;
Object.defineProperty(Function.prototype, 'name', { value: '' });
for (let i = 0; i < 5000; i++) { f = f.bind(null); Object.defineProperty(f, 'name', { value: '' }); }
f();
