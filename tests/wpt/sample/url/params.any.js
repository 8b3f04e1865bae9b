test(function () {
  const params = new URLSearchParams('a=1&a=2');
  assert_array_equals(params.getAll('a'), ['1', '2']);
  assert_class_string(params, 'URLSearchParams');
  this.add_cleanup(() => {});
}, 'getAll');
test(() => { assert_throws_js(TypeError, () => new URLSearchParams([['a']])); }, 'a pair of one');
test(() => { assert_idl_attribute(new URL('a:b'), 'href'); assert_readonly(new URL('http://a'), 'origin'); }, 'attributes');
async_test((t) => { t.step_timeout(t.step_func_done(() => assert_true(true)), 1); }, 'later');
promise_test((t) => promise_rejects_dom(t, 'NotSupportedError', crypto.subtle.digest('MD5', new Uint8Array(1))), 'rejection');
test(() => { assert_throws_dom('InvalidCharacterError', () => atob('*')); });
