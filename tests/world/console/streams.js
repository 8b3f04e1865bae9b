console.info('info', { a: 1 }); console.debug('debug', [1]); console.warn('warn is on stderr'); console.error('error is on stderr'); console.trace('trace is on stderr');
console.assert(true, 'not shown'); console.assert(false, 'on stderr'); console.assert(); console.time(); console.time(); console.timeEnd('none'); console.countReset('none'); console.clear(); console.log('end');
const { log, info, table } = console; log('unbound', 1); info('unbound'); table([1]); [1, 2].forEach(console.log); ['a', 'b'].map((v) => console.log(v));
console.log(typeof console, Object.prototype.toString.call(console), Object.keys(console).includes('log'), console.log.name, String(console));
console.log(Object.keys(console).slice(0, 19).join());
