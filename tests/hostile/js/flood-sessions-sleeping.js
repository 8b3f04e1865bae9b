// status: ok
// value: "slept"
// copies: 300
// timeout: 60s
// why: three hundred runs sleep at once, print, and sleep again
for (let i = 0; i < 3; i++) { console.log('awake', i); await new Promise(f => setTimeout(f, 5 + i)); }
'slept';
