// expect: {"received": ["a1", "b2", "a3", "b4", "a5"], "counts": [3, 2], "late": "the queue is closed"}
class AsyncQueue<T> implements AsyncIterable<T> {
  private readonly values: T[] = [];
  private readonly waiting: ((result: IteratorResult<T>) => void)[] = [];
  private closed = false;

  push(value: T): void {
    if (this.closed) throw new Error('the queue is closed');
    const resolve = this.waiting.shift();
    if (resolve) resolve({ value, done: false });
    else this.values.push(value);
  }

  close(): void {
    this.closed = true;
    for (const resolve of this.waiting.splice(0)) resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return {
      next: (): Promise<IteratorResult<T>> => {
        if (this.values.length > 0) return Promise.resolve({ value: this.values.shift()!, done: false });
        if (this.closed) return Promise.resolve({ value: undefined, done: true });
        return new Promise((resolve) => this.waiting.push(resolve));
      },
    };
  }
}

const queue = new AsyncQueue<number>();
const received: string[] = [];

async function consumer(name: string): Promise<number> {
  let n = 0;
  for await (const value of queue) {
    received.push(`${name}${value}`);
    n++;
  }
  return n;
}

const consumers = [consumer('a'), consumer('b')];
for (let i = 1; i <= 5; i++) {
  queue.push(i);
  await new Promise<void>((resolve) => setTimeout(resolve, 1));
}
queue.close();

const counts = await Promise.all(consumers);
let late = '';
try {
  queue.push(6);
} catch (e) {
  late = (e as Error).message;
}
return { received, counts, late };
