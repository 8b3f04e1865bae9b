// status: ok
// timeout: 20s
// value: ["undefined",1]
// tools: echo
// why: writing to __proto__ of tools must change no other object
try { tools.__proto__ = { evil: 1 }; } catch {}
try { tools.__proto__.evil = 1; } catch {}
try { tools.constructor.prototype.evil = 1; } catch {}
[typeof ({}).evil, await tools.echo(1)];
