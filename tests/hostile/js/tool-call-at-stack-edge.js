// status: ok
// timeout: 20s
// value: ["done",7]
// tools: echo
// why: a call with next to no stack left
let left = 20;
(function down() { try { down(); } catch { if (left-- > 0) try { tools.echo({ a: [1] }).catch(() => {}); } catch (e) { if (!(e instanceof RangeError)) throw e; } } })();
['done', await tools.echo(7)];
