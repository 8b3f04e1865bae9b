'use strict';
const blob = new Blob(['abc'], {type: 'a/b'});
for (const key of ['size', 'type']) try { blob[key] = 1; console.log('written'); } catch (e) { console.log(e.name); }
console.log(blob.size, blob.type, Object.keys(blob).length, JSON.stringify(blob));
