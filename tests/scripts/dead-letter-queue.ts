// expect: {"done": ["steady@1", "second@2", "third@3"], "dead": [{"id": 3,
//   "reason": "dead is unavailable (attempt 3)"}], "left": 0}
// tools: flaky
type Job = { readonly id: number; readonly key: string; attempt: number };

class Queue<T> implements Iterable<T> {
  #items: T[] = [];
  enqueue(...items: T[]): void {
    this.#items.push(...items);
  }
  dequeue(): T | undefined {
    return this.#items.shift();
  }
  get size(): number {
    return this.#items.length;
  }
  *[Symbol.iterator](): Iterator<T> {
    yield* this.#items;
  }
}

const MAX_ATTEMPTS = 3;
const queue = new Queue<Job>();
const dead = new Queue<Job & { reason: string }>();
queue.enqueue(...['steady', 'second', 'dead', 'third'].map((key, i) => ({ id: i + 1, key, attempt: 1 })));

const done: string[] = [];
let job: Job | undefined;
while ((job = queue.dequeue()) !== undefined) {
  try {
    await tools.flaky({ key: job.key, attempt: job.attempt });
    done.push(`${job.key}@${job.attempt}`);
  } catch (e) {
    if (job.attempt >= MAX_ATTEMPTS) dead.enqueue({ ...job, reason: (e as Error).message });
    else queue.enqueue({ ...job, attempt: job.attempt + 1 });
  }
}

({ done, dead: [...dead].map(({ id, reason }) => ({ id, reason })), left: queue.size })
