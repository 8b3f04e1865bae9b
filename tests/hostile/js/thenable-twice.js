// status: ok
// timeout: 20s
// value: [1,1]
// why: a thenable that resolves and rejects over and over, and throws after that
const t = { then(yes, no) { yes(1); yes(2); no(3); throw 4; } };
const u = { then(yes, no) { no(1); yes(2); no(3); throw 4; } };
return [await t, await Promise.resolve(u).catch((e) => e)];
