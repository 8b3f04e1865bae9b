cat > x.js <<'E'
const pause = () => new Promise(r => setTimeout(r, 30));
progress(0.25, 'first'); await pause(); console.log('line'); await pause(); progress(1); await pause();
progress(7, 'of\n\x1b[2J9'); await pause(); progress(undefined, ''); await pause(); 1
E
TERM=xterm python3 terminal.py cloche run x.js
