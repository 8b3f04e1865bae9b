// ours: signals that nobody holds are gone, and with them their timers: the limit of pending ones (1000) is not met
for (let i = 0; i < 3000; i++) { AbortSignal.timeout(60000); if (i % 500 === 0) await null; }
console.log('made');
for (let i = 0; i < 3000; i++) { AbortSignal.any([AbortSignal.timeout(60000)]); if (i % 500 === 0) await null; }
console.log('made');
