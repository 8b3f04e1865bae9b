// status: ok
// value: "0123456789"
// copies: 100
// tools: echo
// timeout: 60s
// why: a hundred runs with ten calls open each, answered in whatever order
const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => tools.echo({ i, fill: 'x'.repeat(i * 100) })));
answers.map(a => a.i).join('');
