// status: ok
// value: "duadua"
// timeout: 20s
// why: quickjs-ng issue 1564: a disposer collects garbage while the resources before it are freed and still counted
const collect = () => { for (let i = 0; i < 4000; i++) { const c = {}; c.c = c; } };
let order = '';
for (let i = 0; i < 20; i++) {
  const stack = new DisposableStack();
  stack.adopt({}, () => { collect(); order += 'a'; });
  stack.use({ [Symbol.dispose]() { order += 'u'; stack.disposed || collect(); } });
  stack.defer(() => { try { stack.defer(() => {}); } catch { order += 'd'; } });
  stack.dispose(); stack.dispose();
}
order.slice(0, 6);
