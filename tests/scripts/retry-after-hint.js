// expect: {"attempts": [2, 3], "waits": [2, 2, 2]}
// tools: flaky
// The service says in the error's data how long to wait.
const waits = [];
async function politely(key, attempt = 1) {
  try {
    return await tools.flaky({ key, attempt });
  } catch (e) {
    if (attempt === 3) throw e;
    const ms = e.data?.retry_after_ms ?? 10;
    waits.push(ms);
    await new Promise((resolve) => setTimeout(resolve, ms));
    return politely(key, attempt + 1);
  }
}

const [a, b] = await Promise.all([politely('second'), politely('third')]);
return { attempts: [a.attempt, b.attempt], waits };
