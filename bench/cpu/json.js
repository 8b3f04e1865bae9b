// json: JSON documents. Stringify, parse, a reviver, a replacer, indented
// output, and changing, flattening and comparing the parsed trees.

function makeDocument(n) {
  const users = [];
  for (let i = 0; i < n; i++) {
    users.push({
      id: i,
      name: `User "${i}" Ünïcode \u2603`,
      email: `user${i}@example.com`,
      active: i % 3 !== 0,
      score: i * 1.25 + 0.125,
      manager: i % 10 === 0 ? null : Math.floor(i / 10),
      created: new Date(1700000000000 + i * 3600000).toISOString(),
      address: { street: `${i} Main St\n`, city: "City " + (i % 17), geo: [i / 8, -i / 16] },
      roles: ["reader", i % 2 ? "writer" : "admin", "r" + (i % 5)],
    });
  }
  return { version: 3, users, meta: { total: n, next: null } };
}

function flatten(value, prefix, out) {
  if (value !== null && typeof value === "object") {
    for (const key of Object.keys(value)) {
      flatten(value[key], prefix ? prefix + "." + key : key, out);
    }
  } else {
    out[prefix] = value;
  }
  return out;
}

function main() {
  const text = JSON.stringify(makeDocument(400));
  let length = 0;
  let score = 0;

  for (let round = 0; round < 15; round++) {
    const doc = JSON.parse(text);
    for (const user of doc.users) {
      user.score += round;
      user.address.geo.push(round);
      user.roles = user.roles.filter((role) => role !== "reader");
      if (user.manager === null) delete user.manager;
      score += user.score;
    }
    doc.users = doc.users.filter((user) => user.active);
    length += JSON.stringify(doc).length;
  }

  const dated = JSON.parse(text, (key, value) => (key === "created" ? new Date(value).getTime() : value));
  const latest = dated.users.reduce((max, user) => Math.max(max, user.created), 0);

  const short = JSON.stringify(dated, ["users", "id", "name", "address", "city"]);
  const hidden = JSON.stringify(dated, (key, value) => (key === "email" ? undefined : value), 2);
  const flat = flatten(JSON.parse(text), "", {});

  let lines = 0;
  const ndjson = dated.users.map((user) => JSON.stringify(user)).join("\n");
  for (const line of ndjson.split("\n")) lines += JSON.parse(line).roles.length;

  let bad = 0;
  for (const broken of ["{", "[1,]", '{"a":}', "nul", '"\\x"']) {
    try {
      JSON.parse(broken);
    } catch (error) {
      if (error instanceof SyntaxError) bad++;
    }
  }
  return [text.length, length, score, latest, short.length, hidden.length,
    Object.keys(flat).length, lines, bad].join(":");
}

main();
