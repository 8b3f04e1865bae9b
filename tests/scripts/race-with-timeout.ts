// expect: ["quick", "TimeoutError: timed out after 50 ms (50)"]
// tools: slow
class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  constructor(public readonly ms: number) {
    super(`timed out after ${ms} ms`);
  }
}

function timeout<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(ms)), ms);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

const quick = await timeout(tools.slow({ ms: 0, value: 'quick' }), 20_000);
let caught = '';
try {
  await timeout(tools.slow({ ms: 3000, value: 'late' }), 50);
} catch (error) {
  if (!(error instanceof TimeoutError)) throw error;
  caught = `${error.name}: ${error.message} (${error.ms})`;
}
return [quick, caught];
