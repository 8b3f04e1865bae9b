cat > x.js <<'EOF'
setTimeout(() => { queueMicrotask(() => { throw new Error('mine'); }); console.log('timer'); }, 1);
setTimeout(() => console.log('never'), 20);
void 0;
EOF
cloche run x.js 2>/dev/null; echo "exit $?"
