// status: ok
// timeout: 20s
// value: "timer"
// tools: never
// why: a timer beats a tool that never answers
await Promise.race([tools.never({}), new Promise((r) => setTimeout(() => r('timer'), 5))]);
