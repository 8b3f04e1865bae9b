// ours: Web IDL's unsigned long long with EnforceRange: a TypeError; Node has other limits
for (const ms of [-1, NaN, Infinity, -Infinity, 2 ** 53, Symbol('s'), 1n, undefined, 'x', {}])
  try { AbortSignal.timeout(ms); console.log('taken'); } catch (e) { console.log(e.name); }
for (const ms of [0, -0.5, 1.5, '2', null, true, 2 ** 53 - 1, 2 ** 32])
  try { console.log(AbortSignal.timeout(ms).aborted); } catch (e) { console.log(e.name); }
try { AbortSignal.timeout(); } catch (e) { console.log(e.name); }
