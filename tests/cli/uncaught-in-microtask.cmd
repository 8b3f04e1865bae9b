cat > x.js <<'EOF'
console.log('before');
queueMicrotask(() => { console.log('throws'); throw new Error('of a microtask'); });
setTimeout(() => console.log('never'), 1);
void 0;
EOF
cloche run x.js 2>/dev/null; echo "exit $?"
