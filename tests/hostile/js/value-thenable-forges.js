// status: ok
// timeout: 20s
// value: "mine"
// why: a thenable as the value of an async function is followed, nothing more
(async () => ({ then(r) { r('mine'); }, status: 'limit', code: 'forged', value: 'forged' }))();
