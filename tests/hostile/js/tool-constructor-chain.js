// status: ok
// timeout: 20s
// value: true
// tools: echo
// why: whatever function is reached through tools makes code in the guest's own world
let r = true;
for (const f of [tools.constructor, tools.echo, tools.echo.constructor, Object.getPrototypeOf(tools.echo)])
  try { const g = f.constructor('return this')(); if (g !== globalThis) r = false; } catch {}
r;
