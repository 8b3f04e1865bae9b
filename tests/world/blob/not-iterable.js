for (const parts of ['text', 1, true, {}, {length: 1, 0: 'x'}, () => {}, Symbol('s'), null, new Date(0)])
  try { new Blob(parts); console.log('taken'); } catch (e) { console.log(e.name); }
try { Blob([]); } catch (e) { console.log(e.name); }
try { new Blob([Symbol('s')]); } catch (e) { console.log(e.name); }
