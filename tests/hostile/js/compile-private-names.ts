// status: ok
// timeout: 20s
// value: [3,true,"x"]
// why: parameter properties, private names, static blocks, accessors and overloads at once
abstract class B<T> { declare y: T; abstract f(): void; protected constructor(public readonly a: number, private b?: T) {} }
class C extends B<string> {
  #p: number = this.a; static #n = 0; static { C.#n = 3; } override f(this: C): void {} get p(): number { return C.#n; }
  constructor(protected override readonly a: number = 3, x?: string, ...rest: string[]) { super(a, x); }
  has(o: object): o is C { return #p in o; } m(): void; m(x?: any): void { }
}
[new C().p, new C().has(new C()), (new C(1, 'x') as any).b];
