// ours: Web IDL's order: the parts, then endings, then type; Node reads the type first
const say = (text) => ({toString() { console.log(text); return ''; }});
new Blob([say('first part'), say('second part')], {get type() { console.log('type'); return say('type as a text'); }, get endings() { console.log('endings'); return undefined; }});
try { new Blob([{toString() { throw 'of a part'; }}], {get type() { console.log('never'); return ''; }}); } catch (e) { console.log(e); }
