// expect: {"label": "load", "means": [4, 6, 9, 13, 18, 27], "dropped": [4, 8, 15], "left": [16, 23, 42], "capacity": 3}
class RingBuffer<T> {
  private readonly slots: (T | undefined)[];
  private head = 0;
  private count = 0;

  constructor(readonly capacity: number, protected readonly onDrop?: (dropped: T) => void) {
    this.slots = new Array(capacity).fill(undefined);
  }

  push(...values: T[]): number {
    for (const value of values) {
      const at = (this.head + this.count) % this.capacity;
      if (this.count === this.capacity) {
        this.onDrop?.(this.slots[at] as T);
        this.head = (this.head + 1) % this.capacity;
      } else {
        this.count++;
      }
      this.slots[at] = value;
    }
    return this.count;
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (let i = 0; i < this.count; i++) yield this.slots[(this.head + i) % this.capacity]!;
  }
}

class Averager extends RingBuffer<number> {
  constructor(capacity: number, public readonly label: string) {
    super(capacity, (old) => dropped.push(old));
  }
  get mean(): number {
    let sum = 0, n = 0;
    for (const value of this) (sum += value), n++;
    return sum / n;
  }
}

const dropped: number[] = [];
const averager = new Averager(3, 'load');
const means = [4, 8, 15, 16, 23, 42].map((v) => (averager.push(v), averager.mean));
({ label: averager.label, means, dropped, left: [...averager], capacity: averager.capacity });
