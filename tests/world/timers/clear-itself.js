const id = setTimeout(() => { clearTimeout(id); console.log('once'); }, 1);
setTimeout(() => console.log('on'), 10);
void 0;
