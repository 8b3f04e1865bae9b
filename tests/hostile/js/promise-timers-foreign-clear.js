// status: ok
// timeout: 20s
// value: "kept"
// why: guessing identifiers clears the guest's own timers only, and nothing of the host
for (let i = -10; i < 1000; i++) { clearTimeout(i); clearInterval(i); }
await new Promise((r) => setTimeout(r, 1));
'kept';
