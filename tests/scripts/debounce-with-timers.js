// expect: {"calls": 1, "same": true, "last": ["d4", "d1"]}
// tools: search
function debounce(fn, ms) {
  let timer = null;
  let waiting = [];
  return (...args) =>
    new Promise((resolve, reject) => {
      clearTimeout(timer);
      waiting.push({ resolve, reject });
      timer = setTimeout(async () => {
        const batch = waiting;
        waiting = [];
        try {
          const value = await fn(...args);
          batch.forEach((w) => w.resolve(value));
        } catch (e) {
          batch.forEach((w) => w.reject(e));
        }
      }, ms);
    });
}

let calls = 0;
const lookup = debounce(async (query) => {
  calls++;
  return (await tools.search({ query })).hits.map((hit) => hit.id);
}, 5);

const typed = ['q', 'qu', 'que', 'query'].map((text) => lookup(text));
const results = await Promise.all(typed);
return { calls, same: results.every((r) => r === results[0]), last: results.at(-1) };
