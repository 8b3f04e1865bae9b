// expect: "logged"
// output: ["plain 1 true null undefined", "Ada is 36 years and [ 'x', [length]: 1 ]",
//   "{ nested: { deep: { deeper: [Object] } } }", "Map(1) { 'k' => Set(1) { 1 } } [ 1, 'two', [ 3 ] ]",
//   "[ undefined, <1 empty item>, null ] -0 10n Symbol(s)", "[Function: named] [class Foo] [Function (anonymous)]",
//   "1970-01-01T00:00:00.000Z /re/g [ Invalid Date ]", "multi\nline [ 'multi\\nline' ] it's [ \"it's\" ]",
//   "default: 1", "x: 1", "default: 2", "[ 1.5, 'aaa' ] { 'key with space': 1, valid_key: 2, [Symbol(k)]: 3 }",
//   "[Object: null prototype] {} Point { x: 1, y: 2 } Uint8Array(3) [ 0, 0, 0 ]", ""]
console.log('plain', 1, true, null, undefined);
console.log('%s is %d years and %o', 'Ada', 36, ['x']);
console.info({ nested: { deep: { deeper: { deepest: 1 } } } });
console.warn(new Map([['k', new Set([1])]]), [1, 'two', [3]]);
console.error([undefined, , null], -0, 10n, Symbol('s'));
console.debug(function named() {}, class Foo {}, () => {});
console.log(new Date(0), /re/g, [new Date(NaN)]);
console.log('multi\nline', ['multi\nline'], "it's", ["it's"]);
console.assert(1 === 1, 'not shown');
console.count();
console.count('x');
console.count();
console.log([1.5, 'a'.repeat(3)], { 'key with space': 1, valid_key: 2, [Symbol('k')]: 3 });
console.log(Object.create(null), new (class Point { x = 1; y = 2; })(), new Uint8Array(3));
console.log();
'logged';
