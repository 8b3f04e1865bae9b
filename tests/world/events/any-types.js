for (const x of [[{}], [null], [new AbortController()], {}, null, undefined, 1])
  try { AbortSignal.any(x); console.log('taken'); } catch (e) { console.log(e.name); }
try { AbortSignal.any(); } catch (e) { console.log(e.name); }
