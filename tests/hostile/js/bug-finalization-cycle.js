// status: ok
// value: 20000
// timeout: 20s
// why: quickjs-ng issue 1318: a registry, what it watches and its token lie in one cycle that the collector frees
let made = 0;
class Holder {
  #registry = new FinalizationRegistry(() => {});
  constructor(target) { this.token = new WeakRef(target); this.#registry.register(target, { held: this }, this.token); target.back = new Set([this]); made++; }
}
for (let i = 0; i < 20000; i++) { const target = {}; target.holder = new Holder(target); target.self = target; }
made;
