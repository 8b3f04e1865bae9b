function debounce(f, ms) { let id; return (...args) => { clearTimeout(id); id = setTimeout(f, ms, ...args); }; }
const say = debounce((x) => console.log('said', x), 20);
say(1); say(2); say(3);
setTimeout(() => say(4), 100);
void 0;
