const pick = (c, f) => { if (location.search === (c.input.startsWith('http') ? '?only=http' : '?only=other')) f(); };
