// expect: {"keys": ["a", "d", "b"], "evictions": ["b", "c"], "refused": "bad capacity: 0", "miss": "none"}
class LRUCache<K, V> {
  private readonly map = new Map<K, V>();
  private evictions: K[] = [];

  constructor(private readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`bad capacity: ${capacity}`);
  }

  get(key: K): V | undefined {
    if (!this.map.has(key)) return undefined;
    const value = this.map.get(key)!;
    this.map.delete(key);
    this.map.set(key, value);
    return value;
  }

  set(key: K, value: V): this {
    this.map.delete(key);
    this.map.set(key, value);
    if (this.map.size > this.capacity) {
      const oldest = this.map.keys().next().value as K;
      this.map.delete(oldest);
      this.evictions.push(oldest);
    }
    return this;
  }

  get stats() {
    return { keys: [...this.map.keys()], evictions: this.evictions };
  }
}

const cache = new LRUCache<string, number>(3);
cache.set('a', 1).set('b', 2).set('c', 3);
cache.get('a');
cache.set('d', 4).set('b', 5);

let refused: string | null = null;
try {
  new LRUCache(0);
} catch (error) {
  refused = (error as RangeError).message;
}
return { ...cache.stats, refused, miss: cache.get('zzz') ?? 'none' };
