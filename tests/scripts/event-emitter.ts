// expect: {"log": ["* ada is here", "ada: hi"], "handled": [true, false, true, false, false]}
type Events = {
  message: [from: string, text: string];
  join: [user: string];
  close: [];
};
type Listener<A extends unknown[]> = (...args: A) => void;

class Emitter<E extends Record<string, unknown[]>> {
  #listeners: { [K in keyof E]?: Set<Listener<E[K]>> } = {};

  on<K extends keyof E>(event: K, listener: Listener<E[K]>): () => void {
    (this.#listeners[event] ??= new Set()).add(listener);
    return () => void this.#listeners[event]?.delete(listener);
  }

  once<K extends keyof E>(event: K, listener: Listener<E[K]>): void {
    const off = this.on(event, (...args) => {
      off();
      listener(...args);
    });
  }

  emit<K extends keyof E>(event: K, ...args: E[K]): boolean {
    const set = this.#listeners[event];
    if (!set?.size) return false;
    for (const listener of [...set]) listener(...args);
    return true;
  }
}

const bus = new Emitter<Events>();
const log: string[] = [];
const off = bus.on('message', (from, text) => log.push(`${from}: ${text}`));
bus.once('join', (user) => log.push(`* ${user} is here`));

const handled = [
  bus.emit('join', 'ada'),
  bus.emit('join', 'bob'),
  bus.emit('message', 'ada', 'hi'),
  (off(), bus.emit('message', 'ada', 'anybody?')),
  bus.emit('close'),
];
({ log, handled });
