// META: script=/common/pick.js
// META: timeout=long
// META: variant=?only=http
// META: variant=?only=other
function checkAll(cases) {
  for (const c of cases) {
    if (typeof c === 'string') continue; // a comment
    pick(c, () => {
      test(() => {
        if (c.failure) {
          assert_throws_js(TypeError, () => new URL(c.input, c.base === null ? undefined : c.base));
          assert_false(URL.canParse(c.input, c.base === null ? undefined : c.base));
          return;
        }
        const url = new URL(c.input, c.base === null ? undefined : c.base);
        for (const key of ['href', 'origin', 'pathname', 'search', 'hash']) if (key in c) assert_equals(url[key], c[key], key);
      }, `parse <${c.input}> against <${c.base}>`);
    });
  }
}
promise_test(() => fetch('resources/urls.json').then((r) => r.json()).then(checkAll), 'Loading');
