promise_test(async () => {
  const all = await (await fetch('resources/setters.json')).json();
  for (const attribute in all) {
    if (attribute === 'comment') continue;
    for (const c of all[attribute]) {
      test(() => {
        const url = new URL(c.href);
        url[attribute] = c.new_value;
        for (const key in c.expected) assert_equals(url[key], c.expected[key], key);
      }, `${c.href} ${attribute} = ${c.new_value}`);
    }
  }
}, 'Loading');
