cat > x.js <<'EOF'
let n = 0;
setInterval(() => { console.log(++n); if (n === 2) throw new Error('of an interval'); }, 1);
void 0;
EOF
cloche run x.js 2>/dev/null; echo "exit $?"
