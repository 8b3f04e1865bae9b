class Counter extends EventTarget {
  #n = 0;
  add() { this.#n++; this.dispatchEvent(new CustomEvent('change', {detail: this.#n})); return this; }
}
const counter = new Counter();
counter.addEventListener('change', (e) => console.log(e.detail, e.target === counter));
counter.add().add().add();
console.log(counter instanceof EventTarget, Object.prototype.toString.call(counter));
