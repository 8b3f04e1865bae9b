// status: ok
// timeout: 20s
// value: "after"
// why: format directives without, with wrong, and with hostile arguments
console.log('%s%d%o%c%i%f%j%O%%%');
console.log('%s%d%o%c%i%f%j%O%%%n%x%p%99999999s', Symbol('s'), 10n, { a: 1 }, 'color: red', NaN, {}, { a: 1 }, null);
try { console.log('%j', { get a() { throw 1; } }); } catch {}
console.log('%'.repeat(10000), 1);
console.log('%s'.repeat(1000), ...new Array(1000).fill('%s%n'));
'after';
