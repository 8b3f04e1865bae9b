// expect: {"order": ["async starts", "sync", "microtask", "then 1", "async goes on", "thenable called", "then 2",
//   "timeout 0", "timeout 4"], "seven": 7, "ticks": 3}
// How microtasks, timers and awaits are ordered.
const order: string[] = [];
const mark = (label: string) => () => void order.push(label);

setTimeout(mark('timeout 0'), 0);
setTimeout(mark('timeout 4'), 4);
queueMicrotask(mark('microtask'));
Promise.resolve().then(mark('then 1')).then(mark('then 2'));

(async () => {
  order.push('async starts');
  await null;
  order.push('async goes on');
})();
order.push('sync');

const thenable: PromiseLike<number> = {
  then(resolve: any) {
    order.push('thenable called');
    return resolve(7);
  },
};
const seven = await thenable;

await new Promise<void>((resolve) => setTimeout(resolve, 10));
const cancelled = setTimeout(mark('never'), 1);
clearTimeout(cancelled);

let ticks = 0;
await new Promise<void>((resolve) => {
  const timer = setInterval(() => {
    if (++ticks === 3) {
      clearInterval(timer);
      resolve();
    }
  }, 1);
});
return { order, seven, ticks };
