// nothing that is no pending timer's id is worth an error
for (const x of [undefined, null, 0, -1, NaN, 1e300, 'x', '', true, {}, [], () => {}, Symbol('s'), 10n, {valueOf() { throw 1; }}]) {
  console.log(clearTimeout(x), clearInterval(x));
}
console.log(clearTimeout(), clearInterval());
