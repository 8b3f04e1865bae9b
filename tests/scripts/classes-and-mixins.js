// expect: {"sorted": ["v1.9.4", "v1.10.0", "v2.0.0"],
//   "json": "{\"type\":\"Release\",\"major\":2,\"minor\":0,\"patch\":0,\"notes\":[\"rewritten\",\"faster\"]}",
//   "latest": "faster", "bigger": true, "bad": "TypeError: bad version: 1.x", "parsed": 4, "chain": true,
//   "keys": ["major", "minor", "patch", "notes"]}
const Serializable = (Base) => class extends Base {
  serialize() {
    return JSON.stringify({ type: this.constructor.name, ...this });
  }
};
const Comparable = (Base) => class extends Base {
  compareTo(other) {
    return this.valueOf() - other.valueOf();
  }
};

class Version {
  constructor(text) {
    [this.major, this.minor = 0, this.patch = 0] = text.split('.').map(Number);
  }
  valueOf() {
    return this.major * 1e6 + this.minor * 1e3 + this.patch;
  }
  [Symbol.toPrimitive](hint) {
    return hint === 'string' ? `v${this.major}.${this.minor}.${this.patch}` : this.valueOf();
  }
  static #parsed = 0;
  static parse(text) {
    Version.#parsed++;
    if (!/^\d+(\.\d+){0,2}$/.test(text)) throw new TypeError(`bad version: ${text}`);
    return new this(text);
  }
  static get parsed() {
    return Version.#parsed;
  }
}
class Release extends Serializable(Comparable(Version)) {
  notes = [];
  get latest() {
    return this.notes[this.notes.length - 1];
  }
  set latest(note) {
    this.notes.push(note);
  }
}

const releases = ['1.10', '1.9.4', '2'].map((t) => Release.parse(t));
releases[2].latest = 'rewritten';
releases[2].latest = 'faster';
let bad;
try {
  Release.parse('1.x');
} catch (e) {
  bad = `${e}`;
}

({ sorted: releases.sort((x, y) => x.compareTo(y)).map(String), json: releases[2].serialize(), latest: releases[2].latest, bigger: releases[1] > releases[0], bad, parsed: Version.parsed, chain: releases[0] instanceof Version, keys: Object.keys(releases[0]) });
