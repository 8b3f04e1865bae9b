// expect: {"host": "example.com:8080", "path": "/a/c%20d/", "user": "pa ss", "params": {"q": ["1", "two words"],
//   "empty": [""], "x": ["é"]}, "relative": ["https://a.example/x/up", "https://a.example/x/y/z?only=query",
//   "https://a.example/x/y/z#hash", "https://other.example/p", "http://rel/"],
//   "edited": "https://example.com/new%20path?q=%C3%A4%26%C3%B6&x=%C3%A9", "bad": [true, true, true],
//   "list": "b=2&a=1+%2B+1&c="}
const url = new URL('https://user:pa%20ss@Example.COM:8080/a/./b/../c%20d/?q=1&q=two+words&empty=&x=%C3%A9#Frag');
const params = Object.fromEntries([...new Set(url.searchParams.keys())].map((k) => [k, url.searchParams.getAll(k)]));

const relative = ['../up', '?only=query', '#hash', '//other.example/p', 'http:rel'].map((ref) => new URL(ref, 'https://a.example/x/y/z').href);

const edited = new URL(url);
edited.port = '443';
edited.searchParams.set('q', 'ä&ö');
edited.searchParams.delete('empty');
edited.hash = '';
edited.username = edited.password = '';
edited.pathname = '/new path';

const bad = ['nope', 'http://', 'https://ex ample.com'].map((text) => {
  try {
    return new URL(text).href;
  } catch (e) {
    return e instanceof TypeError;
  }
});

const list = new URLSearchParams({ b: '2', a: '1 + 1' });
list.append('c', '');
return { host: url.host, path: url.pathname, user: decodeURIComponent(url.password), params, relative, edited: edited.href, bad, list: String(list) };
