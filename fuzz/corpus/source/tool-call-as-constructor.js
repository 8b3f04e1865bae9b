// status: ok
// timeout: 20s
// value: "done"
// tools: echo
// why: a tool called with new, as a tag, as a getter, as a comparator
try { new tools.echo({}); } catch {}
try { tools.echo`x${1}`.catch(() => {}); } catch {}
[3, 1, 2].sort(tools.echo);
Object.defineProperty({}, 'x', { get: tools.echo }).x.catch(() => {});
await new Promise((r) => setTimeout(r, 1));
'done';
