// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: end
// why: output right before an error must not displace it
for (let i = 0; i < 200; i++) console.error('noise'.repeat(1000));
throw new Error('end');
