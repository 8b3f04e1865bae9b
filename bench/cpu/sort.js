// sort: sorting. The built-in sort on numbers, strings and records with
// several keys, and hand-written quicksort, merge sort and a heap queue.

let seed = 2024;
function random(n) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >> 3) % n;
}

function quicksort(list, low = 0, high = list.length - 1) {
  while (low < high) {
    const pivot = list[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (list[i] < pivot) i++;
      while (list[j] > pivot) j--;
      if (i <= j) {
        [list[i], list[j]] = [list[j], list[i]];
        i++;
        j--;
      }
    }
    quicksort(list, low, j);
    low = i;
  }
  return list;
}

function mergeSort(list) {
  if (list.length < 2) return list;
  const middle = list.length >> 1;
  const left = mergeSort(list.slice(0, middle));
  const right = mergeSort(list.slice(middle));
  const out = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    out.push(left[i] <= right[j] ? left[i++] : right[j++]);
  }
  while (i < left.length) out.push(left[i++]);
  while (j < right.length) out.push(right[j++]);
  return out;
}

class Heap {
  constructor() {
    this.items = [];
  }
  push(value) {
    const items = this.items;
    let i = items.push(value) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (items[parent] <= items[i]) break;
      [items[parent], items[i]] = [items[i], items[parent]];
      i = parent;
    }
  }
  pop() {
    const items = this.items;
    const top = items[0];
    const last = items.pop();
    if (items.length > 0) {
      items[0] = last;
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= items.length) break;
        if (child + 1 < items.length && items[child + 1] < items[child]) child++;
        if (items[i] <= items[child]) break;
        [items[child], items[i]] = [items[i], items[child]];
        i = child;
      }
    }
    return top;
  }
}

function checksum(list) {
  let h = 0;
  for (const x of list) h = (h * 31 + x) % 1000003;
  return h;
}

function main() {
  const numbers = Array.from({ length: 8000 }, () => random(100000));
  const builtin = [...numbers].sort((a, b) => a - b);
  const quick = quicksort([...numbers]);
  const merged = mergeSort(numbers);
  const heap = new Heap();
  for (const n of numbers.slice(0, 3000)) heap.push(n);
  const popped = [];
  for (let i = 0; i < 3000; i++) popped.push(heap.pop());

  const people = Array.from({ length: 4000 }, (_, id) => ({
    id, team: "team" + random(12), age: 20 + random(45), name: "n" + random(5000).toString(36),
  }));
  people.sort((a, b) => (a.team < b.team ? -1 : a.team > b.team ? 1 : b.age - a.age || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id)));

  const names = people.map((p) => p.name).sort();
  const asText = numbers.slice(0, 2000).sort();
  const top = [...people].sort((a, b) => b.age - a.age).slice(0, 10).map((p) => p.id);

  if (checksum(builtin) !== checksum(quick) || checksum(quick) !== checksum(merged)) return "wrong";
  return [checksum(builtin), checksum(popped), checksum(people.map((p) => p.id)),
    names[1500], checksum(asText), top.join("/")].join(":");
}

main();
