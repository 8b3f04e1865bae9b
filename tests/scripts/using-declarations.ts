// expect: {"result": "done", "message": "halfway", "log": "+outer +inner -inner -outer +outer +inner -inner -outer"}
// node: 22
class Lease implements Disposable {
  static readonly log: string[] = [];
  constructor(private readonly name: string) {
    Lease.log.push(`+${name}`);
  }
  [Symbol.dispose](): void {
    Lease.log.push(`-${this.name}`);
  }
}

function work(fail: boolean): string {
  using outer = new Lease('outer');
  {
    using inner = new Lease('inner');
    if (fail) throw new Error('halfway');
  }
  return 'done';
}

const result = work(false);
let message = '';
try {
  work(true);
} catch (e) {
  message = (e as Error).message;
}
return { result, message, log: Lease.log.join(' ') };
