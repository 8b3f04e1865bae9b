// expect: {"first": "a", "others": ["b", "c", "d"], "text": "[object LinkedList(4)]", "reversed": "dcba!",
//   "json": "{\"list\":[\"d\",\"c\",\"b\",\"a\",\"!\"]}", "max": 9}
class LinkedList<T> implements Iterable<T> {
  #head: Node<T> | null = null;
  #tail: Node<T> | null = null;
  #length = 0;

  static from<T>(items: Iterable<T>): LinkedList<T> {
    const list = new LinkedList<T>();
    for (const item of items) list.push(item);
    return list;
  }

  get length() {
    return this.#length;
  }

  push(value: T): this {
    const node: Node<T> = { value, next: null };
    if (this.#tail) this.#tail = this.#tail.next = node;
    else this.#head = this.#tail = node;
    this.#length++;
    return this;
  }

  reverse(): this {
    let previous: Node<T> | null = null;
    this.#tail = this.#head;
    for (let node = this.#head; node; ) {
      const { next }: Node<T> = node;
      node.next = previous;
      previous = node;
      node = next;
    }
    this.#head = previous;
    return this;
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (let node = this.#head; node !== null; node = node.next) yield node.value;
  }

  get [Symbol.toStringTag](): string {
    return `LinkedList(${this.#length})`;
  }

  toJSON(): T[] {
    return [...this];
  }
}

interface Node<T> { value: T; next: Node<T> | null }

const list = LinkedList.from('abc').push('d');
const [first, ...others] = list;
const text = `${list}`;
list.reverse().push('!');
({ first, others, text, reversed: [...list].join(''), json: JSON.stringify({ list }), max: Math.max(...LinkedList.from([3, 9, 4])) })
