// status: ok
// timeout: 20s
// value: true
// tools: echo
// why: numbers at the edges of the format come back as they went
const ns = [0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 53, 2 ** 53 + 2, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 0.1, 123456789.123456789];
const back = await tools.echo({ ns });
back.ns.every((n, i) => Object.is(n, ns[i]));
