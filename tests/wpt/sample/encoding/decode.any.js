// META: title=Encoding API: decode
for (const [label, bytes, expected] of [['utf-8', [0xef, 0xbb, 0xbf, 0x41], 'A'], ['utf-16le', [0x41, 0], 'A'], ['latin1', [0x80], '\u20ac'], ['koi8-u', [0xae], '\u045e']])
  test(() => { assert_equals(new TextDecoder(label).decode(new Uint8Array(bytes)), expected); }, label);
test(() => { assert_throws_js(RangeError, () => new TextDecoder('none')); }, 'unknown');
test(() => { assert_array_equals(new TextEncoder().encode('\ud800'), [0xef, 0xbf, 0xbd]); }, 'surrogate');
