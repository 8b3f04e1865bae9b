// status: ok
// timeout: 20s
// value: "end"
// why: delays whose conversion throws, and identifiers that are no identifiers
for (const d of [{ valueOf() { throw new Error('delay'); } }, Symbol('x'), 1n]) try { clearTimeout(setTimeout(() => {}, d)); } catch {}
for (const id of [null, undefined, {}, -1, NaN, 2 ** 53, 'x', Symbol('x')]) try { clearTimeout(id); clearInterval(id); } catch {}
'end';
