// status: ok
// value: true
// timeout: 20s
// tools: echo
// why: five hundred calls at once get each their own result
const all = await Promise.all(Array.from({ length: 500 }, (_, i) => tools.echo({ i, text: 'n' + i })));
all.every((v, i) => v.i === i && v.text === 'n' + i);
