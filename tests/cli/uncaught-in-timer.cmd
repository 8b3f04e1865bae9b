cat > x.js <<'EOF'
setTimeout(() => { console.log('throws'); throw new Error('of a timer'); }, 1);
setTimeout(() => console.log('never'), 20);
void 0;
EOF
cloche run x.js 2>/dev/null; echo "exit $?"
