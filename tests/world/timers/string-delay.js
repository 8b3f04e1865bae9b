const log = [];
setTimeout(() => log.push('40'), '40');
setTimeout(() => log.push('20'), ' 20 ');
setTimeout(() => log.push('0x1e'), '0x1e');
setTimeout(() => log.push('valueOf 10'), {valueOf() { return 10; }});
setTimeout(() => console.log(log.join(', ')), 80);
void 0;
