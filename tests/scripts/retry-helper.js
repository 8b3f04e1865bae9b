// expect: ["steady worked at attempt 1", "third worked at attempt 3", "dead gave up after 3: ServiceUnavailable"]
// tools: flaky
async function retry(fn, { times = 3, delay = 1, factor = 2, shouldRetry = () => true } = {}) {
  for (let attempt = 1; ; attempt++) {
    try {
      return { attempt, value: await fn(attempt) };
    } catch (error) {
      if (attempt >= times || !shouldRetry(error)) {
        error.attempts = attempt;
        throw error;
      }
      await new Promise((r) => setTimeout(r, delay * factor ** (attempt - 1)));
    }
  }
}

const outcomes = [];
for (const key of ['steady', 'third', 'dead']) {
  await retry((attempt) => tools.flaky({ key, attempt }), { times: 3, shouldRetry: (e) => e.code === 'unavailable' })
    .then(({ attempt }) => outcomes.push(`${key} worked at attempt ${attempt}`))
    .catch((e) => outcomes.push(`${key} gave up after ${e.attempts}: ${e.name}`));
}
outcomes;
