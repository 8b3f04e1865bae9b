// expect: {"history": ["ok:closed", "failed:closed", "failed:open", "rejected:open", "failed:open", "ok:closed"],
//   "last": {"key": "steady", "attempt": 1, "ok": true}}
// tools: flaky
const enum State { Closed, Open, HalfOpen }

class CircuitBreaker {
  private state: State = State.Closed;
  private failures = 0;
  public readonly history: string[] = [];

  constructor(private readonly threshold: number, private readonly cooldown: number, private now = 0) {}

  private openedAt = 0;

  async call<T>(task: () => Promise<T>): Promise<T | 'rejected'> {
    if (this.state === State.Open) {
      if (this.now - this.openedAt < this.cooldown) return this.note('rejected', 'rejected');
      this.state = State.HalfOpen;
    }
    try {
      const value = await task();
      this.failures = 0;
      this.state = State.Closed;
      return this.note('ok', value);
    } catch {
      this.failures++;
      if (this.state === State.HalfOpen || this.failures >= this.threshold) {
        this.state = State.Open;
        this.openedAt = this.now;
      }
      return this.note('failed', 'rejected');
    }
  }

  tick(ms: number): this {
    this.now += ms;
    return this;
  }

  private note<T>(what: string, value: T): T {
    this.history.push(`${what}:${['closed', 'open', 'half-open'][this.state]}`);
    return value;
  }
}

const breaker = new CircuitBreaker(2, 100);
const dead = () => tools.flaky({ key: 'dead', attempt: 1 });
const steady = () => tools.flaky({ key: 'steady', attempt: 1 }) as Promise<{ ok: boolean }>;

await breaker.call(steady);
await breaker.call(dead);
await breaker.call(dead);
await breaker.call(steady);
await breaker.tick(150).call(dead);
const last = await breaker.tick(150).call(steady);
({ history: breaker.history, last })
