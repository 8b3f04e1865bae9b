class A { constructor() { this.x = 1; } method() {} get getter() { return 1; } static s = 1; #p = 2; }
class B extends A { y = { z: [1, 2] }; }
class C extends null { static make() { return Object.create(C.prototype); } }
class Empty {}
console.log(new A(), new B(), C.make(), new Empty());
console.log(A, B, C, Empty, class {}, class extends A {}, [A, class { static b = 2; }]);
console.log({ a: new A(), b: { c: { d: new A(), e: new Empty(), f: { g: new B() } } } });
function Old() { this.v = 1; } Old.prototype.m = function () {};
console.log(new Old(), Old, Old.prototype, A.prototype, B.prototype, Object.getPrototypeOf(new Empty()));
const Anonymous = (() => class {})(); console.log(new Anonymous(), Anonymous);
console.log(new (class extends Empty {})(), new (class extends (class {}) {})());
class Tagged { get [Symbol.toStringTag]() { return 'Label'; } }
console.log(new Tagged(), Object.assign(new Tagged(), { a: 1 }), { t: { t: { t: { t: new Tagged() } } } });
class Same { get [Symbol.toStringTag]() { return 'Same'; } } console.log(new Same(), [new Same()]);
console.log({ [Symbol.toStringTag]: 'own' }, Object.defineProperty({ a: 1 }, Symbol.toStringTag, { value: 'hidden' }));
console.log(Object.defineProperty({}, Symbol.toStringTag, { value: 'hidden' }), { [Symbol.toStringTag]: '' }, { [Symbol.toStringTag]: 3 });
console.log(Object.setPrototypeOf({ a: 1 }, Tagged.prototype));
console.log(Object.create(A.prototype), Object.create(new A()), Object.create(new B(), { own: { value: 1, enumerable: true } }));
class Renamed {} Object.defineProperty(Renamed, 'name', { value: 'Other' }); console.log(new Renamed(), Renamed);
class NoName {} Object.defineProperty(NoName, 'name', { value: '' }); console.log(new NoName(), NoName);
class Meta { static [Symbol.toStringTag] = 'meta'; } console.log(Meta, new Meta());
class WithProps { static a = 1; static b = { c: 2 }; } console.log(WithProps, [WithProps], { x: { y: { z: { WithProps } } } });
class Thenable { then() {} } console.log(new Thenable());
class Iter { *[Symbol.iterator]() { yield 1; } } console.log(new Iter(), Object.assign(new Iter(), { a: 1 }));
const o = new A(); delete A.prototype.constructor; console.log(o);
class Z { constructor() { this.self = this; this.list = [this, { back: this }]; } } console.log(new Z());
console.log(new (class Foo { static get name() { return 'FromGetter'; } })());
console.log(new (class Long { a = 'x'.repeat(30); b = 'y'.repeat(30); c = [1, 2, 3]; })());
const frozen = Object.freeze(function f() {}); console.log(frozen, Object.freeze(class K {}));
