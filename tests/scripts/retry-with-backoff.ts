// expect: {"result": {"key": "third", "attempt": 3, "ok": true}, "log": ["1: third is unavailable (attempt 1)",
//   "2: third is unavailable (attempt 2)"], "failure": {"message": "dead is unavailable (attempt 2)",
//   "code": "unavailable"}}
// tools: flaky
interface RetryOptions {
  retries?: number;
  baseMs?: number;
  onRetry?: (attempt: number, error: Error) => void;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function withRetry<T>(task: (attempt: number) => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { retries = 3, baseMs = 1, onRetry } = options;
  let lastError: unknown;
  for (let attempt = 1; attempt <= retries; attempt++) {
    try {
      return await task(attempt);
    } catch (error) {
      lastError = error;
      if (attempt < retries) {
        onRetry?.(attempt, error as Error);
        await sleep(baseMs * 2 ** (attempt - 1));
      }
    }
  }
  throw lastError;
}

const log: string[] = [];
const result = await withRetry((attempt) => tools.flaky({ key: 'third', attempt }), {
  onRetry: (attempt, error) => log.push(`${attempt}: ${error.message}`),
});

let failure: { message: string; code?: string } | undefined;
try {
  await withRetry((attempt) => tools.flaky({ key: 'dead', attempt }), { retries: 2 });
} catch (e: any) {
  failure = { message: e.message, code: e.code };
}

return { result, log, failure };
