// status: ok
// timeout: 20s
// value: true
// tools: echo
// why: text of every kind comes back as it went
const texts = ['', '\0', '\0\0a', '"\\/\b\f\n\r\t', '\u2028\u2029', '\u{1f600}', '\x7f\x80\x9f', '</script>', '\ufeff', 'e\u0301', '}{][,:'];
const back = await tools.echo({ texts });
back.texts.length === texts.length && back.texts.every((t, i) => t === texts[i]);
