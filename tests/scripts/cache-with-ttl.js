// expect: {"names": ["Ada Lovett", "Ada Lovett", "Bob Tran"], "hits": 1, "misses": 5, "size": 2}
// tools: customer
class Cache {
  #entries = new Map();
  #clock;
  hits = 0;
  misses = 0;

  constructor(clock) {
    this.#clock = clock;
  }

  async get(key, load, ttl = 100) {
    const entry = this.#entries.get(key);
    if (entry && entry.until > this.#clock()) {
      this.hits++;
      return entry.value;
    }
    this.misses++;
    const value = load();
    this.#entries.set(key, { value, until: this.#clock() + ttl });
    value.catch(() => this.#entries.delete(key));
    return value;
  }

  get size() {
    return this.#entries.size;
  }
}

let time = 0;
const cache = new Cache(() => time);
const customer = (id) => cache.get(id, () => tools.customer({ id }));

const names = (await Promise.all([customer('ada'), customer('ada'), customer('bob')])).map((c) => c.name);
time = 150;
await customer('ada');
await customer('nobody').catch(() => 'not there');
await customer('nobody').catch(() => 'still not there');

({ names, hits: cache.hits, misses: cache.misses, size: cache.size })
