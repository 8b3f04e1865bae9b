// an interval is due again only after its callback, so what that starts for the same delay comes first
const log = [];
let n = 0;
const id = setInterval(() => {
  log.push('interval ' + ++n);
  if (n === 3) { clearInterval(id); console.log(log.join('\n')); return; }
  setTimeout(() => log.push('timeout ' + n), 3);
}, 3);
void 0;
