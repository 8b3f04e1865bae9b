// status: error
// timeout: 20s
// code: deadlock
// why: the only timer is cleared
await new Promise((r) => { clearTimeout(setTimeout(r, 1000)); });
