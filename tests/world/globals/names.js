// ours: the complete list of what is global, with its type and its flags (writable, enumerable, configurable)
const rows = [];
for (const key of Reflect.ownKeys(globalThis)) {
  const d = Reflect.getOwnPropertyDescriptor(globalThis, key);
  const flags = 'value' in d ? (d.writable ? 'w' : '-') + (d.enumerable ? 'e' : '-') + (d.configurable ? 'c' : '-') : 'accessor';
  rows.push(`${String(key)} ${'value' in d ? typeof d.value : ''} ${flags}`);
}
console.log(rows.sort().join('\n'));
