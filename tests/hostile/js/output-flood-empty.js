// status: timeout
// code: wall_time_limit
// why: console.log of nothing without end, to each channel
for (;;) { console.log(); console.error(); console.warn(''); console.debug(''); console.info(''); }
