console.log('top'); console.group('A'); console.log('in A'); console.group('B', { b: 1 }); console.log('in\nB\ntwice'); console.info({ long: 'x'.repeat(60), other: 'y'.repeat(20) });
console.groupEnd(); console.log('A again'); console.groupCollapsed(); console.log('unnamed'); console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log('top again');
console.group('%s has %d', 'format', 1); console.table([{ a: 1 }]); console.dir({ a: { b: 1 } }); console.count(); console.log(); console.log(''); console.log('\n'); console.groupEnd(); console.log('end');
console.group(undefined); console.log('under undefined'); console.groupEnd(); console.group(''); console.log('under empty'); console.groupEnd();
for (let i = 0; i < 12; i++) console.group(i); console.log('deep\nlines'); for (let i = 0; i < 20; i++) console.groupEnd(); console.log('out');
