cat > x.js <<'EOF'
const target = new EventTarget();
target.addEventListener('x', () => { throw new Error('of the first'); });
target.addEventListener('x', {handleEvent: 'no function'});
target.addEventListener('x', () => { throw 'a text'; });
target.addEventListener('x', () => { throw undefined; });
target.addEventListener('x', () => { throw {get name() { throw 1; }, get stack() { throw 2; }}; });
target.addEventListener('x', () => console.log('last'));
target.dispatchEvent(new Event('x'));
const signal = AbortSignal.timeout(1);
signal.onabort = () => { throw new RangeError('of a handler'); };
setTimeout(() => console.log('end'), 30);
void 0;
EOF
cloche run x.js 2>err; echo "exit $?"; grep -v '^ ' err
