// ours: Web IDL: members are enumerable on the prototype; Node has a few things of its own there
const members = [];
for (const key in Event.prototype) members.push(key);
console.log(members.sort().join(' '));
console.log(Event.length, CustomEvent.length, Object.getPrototypeOf(CustomEvent) === Event, Reflect.ownKeys(CustomEvent.prototype));
console.log(Object.keys(EventTarget.prototype).join(), EventTarget.length);
for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) console.log(EventTarget.prototype[name].length);
console.log(Object.keys(AbortSignal.prototype).join(), Object.keys(AbortSignal).join(), Object.keys(AbortController.prototype).join());
for (const C of [Event, CustomEvent, EventTarget, AbortController, AbortSignal]) {
  const d = Object.getOwnPropertyDescriptor(C.prototype, Symbol.toStringTag);
  console.log(d.value, d.writable, d.enumerable, d.configurable, JSON.stringify(Object.getOwnPropertyDescriptor(C, 'prototype').writable));
}
