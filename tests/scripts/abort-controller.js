// expect: {"outcomes": ["AbortError", "slept", "too late", "from the start", "TimeoutError"], "heard": ["ping"],
//   "aborted": true}
function sleep(ms, { signal } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve('slept');
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

const outcomes = [];
const first = new AbortController();
setTimeout(() => first.abort(), 2);
await sleep(500, { signal: first.signal }).catch((e) => outcomes.push(e.name));

const second = new AbortController();
outcomes.push(await sleep(1, { signal: second.signal }));
second.abort('too late');
outcomes.push(second.signal.reason);

await sleep(1, { signal: AbortSignal.abort(new Error('from the start')) }).catch((e) => outcomes.push(e.message));
await sleep(500, { signal: AbortSignal.timeout(3) }).catch((e) => outcomes.push(e.name));

const parent = new AbortController();
const target = new EventTarget();
const heard = [];
target.addEventListener('ping', (event) => heard.push(event.type), { signal: parent.signal });
target.dispatchEvent(new Event('ping'));
parent.abort();
target.dispatchEvent(new Event('ping'));

return { outcomes, heard, aborted: [first, second, parent].every((c) => c.signal.aborted) };
