const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
for (const s of ['', 'a', 'ab', 'abc', 'abcd', '\0', '\xff\xfe', 'ÿ', 'Ā', '\u{1F600}', undefined, null, 12, [1, 2], 'x'.repeat(100)]) T('btoa ' + JSON.stringify(s), () => btoa(s));
for (const s of ['', 'YQ==', 'YQ', 'YQ=', 'Y', 'YWI=', 'YWI', 'YWJj', ' Y Q = = ', '\tYWJj\n\f\r', 'YQ===', '=', '==', 'YQ==YQ==', 'YR==', 'YW-_', 'Y*==', 'abcde', 'abcd=', 'abcd==', 'Y\u000bQ==', 'YQ\u00a0==', 'é', null, undefined, 1234, 12345])
  T('atob ' + JSON.stringify(s), () => { const r = atob(s); return [r.length, Array.from(r, (c) => c.charCodeAt(0))]; });
T('error', () => { try { atob('*'); } catch (e) { return [e.name, e.code, e instanceof DOMException, e instanceof Error]; } });
T('symbol', () => btoa(Symbol()));
T('nothing', () => [atob, btoa].map((f) => { try { return f(); } catch (e) { return e.name; } }));
T('all bytes', () => { let s = ''; for (let i = 0; i < 256; i++) s += String.fromCharCode(i); return atob(btoa(s)) === s && btoa(s); });
