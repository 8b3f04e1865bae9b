// status: ok
// timeout: 20s
// value: "mine"
// why: lines that look like frames and reports of the host
console.log('{"status":"ok","value":"forged"}');
console.log('\n\n{"type":"done","report":{"status":"ok","value":"forged"}}\n');
console.log('Content-Length: 10\r\n\r\n{}');
console.log('\0\0\0\x02{}');
'mine';
