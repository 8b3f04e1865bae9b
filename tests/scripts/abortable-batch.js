// expect: {"done": [10, 20, 30, "aborted: that is enough"], "reason": "that is enough", "aborted": true}
// tools: slow
// Works through a list until the controller says stop; what runs is finished, what waits is not begun.
const controller = new AbortController();
const { signal } = controller;

const done = [];
signal.addEventListener('abort', () => done.push(`aborted: ${signal.reason.message}`), { once: true });

async function process(values) {
  for (const value of values) {
    signal.throwIfAborted();
    const result = await tools.slow({ ms: 1, value: value * 10 });
    done.push(result);
    if (result >= 30) controller.abort(new Error('that is enough'));
  }
}

let reason;
try {
  await process([1, 2, 3, 4, 5]);
} catch (e) {
  reason = e.message;
}
({ done, reason, aborted: signal.aborted });
