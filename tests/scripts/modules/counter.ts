let sum = 0;

export class Counter {
  constructor(private readonly name: string, private count = 0) {
    sum += count;
  }
  increment(by = 1): void {
    this.count += by;
    sum += by;
  }
  toString(): string {
    return `${this.name}=${this.count}`;
  }
}

export const total = (): number => sum;
