// status: ok
// timeout: 20s
// value: [0,1,2]
// tools: echo
// why: calls out of async generators and for await
async function* g() { for (let i = 0; i < 3; i++) yield tools.echo(i); }
const out = [];
for await (const v of g()) out.push(v);
out;
