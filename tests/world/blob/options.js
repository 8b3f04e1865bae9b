for (const options of [undefined, null, {}]) console.log(JSON.stringify(new Blob(['x'], options).type));
for (const options of ['x', 1, true, Symbol('s'), 1n]) try { new Blob([], options); console.log('taken'); } catch (e) { console.log(e.name); }
