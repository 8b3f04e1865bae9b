#!/usr/bin/env node
// A host in JavaScript: gives a script tools and answers its calls as they get ready, in whatever order. usage: host.mjs [CLOCHE]
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const script = `
  const cities = ['Oslo', 'Lima', 'Pune'];
  const rain = await Promise.all(cities.map(city => tools.rain({ city })));
  console.log(cities.map((city, i) => \`\${city}: \${rain[i]} mm\`).join('\\n'));
  try { await tools.rain({ city: 'Atlantis' }) } catch (error) { console.log(\`\${error.name}: \${error.message}\`) }
  rain.reduce((a, b) => a + b);
`;

const tools = {
  async rain({ city }) {
    const figures = { Oslo: [300, 763], Lima: [100, 16], Pune: [200, 722] }; // how long it takes to find out, and what
    if (!figures[city]) throw new RangeError(`no figures for '${city}'`);
    await sleep(figures[city][0]);
    return figures[city][1];
  },
};

const cloche = spawn(process.argv[2] ?? 'cloche', ['jsonl', '--report'], { stdio: ['pipe', 'pipe', 'inherit'] });
const send = message => cloche.stdin.write(JSON.stringify(message) + '\n');
async function answer({ id, tool, argument }) {
  try {
    send({ type: 'result', call: id, value: await tools[tool](argument) });
  } catch ({ name, message }) {
    send({ type: 'result', call: id, error: { name, message } });
  }
}

send({ id: '1', tools: Object.keys(tools), code: script });
for await (const line of createInterface(cloche.stdout)) {
  const message = JSON.parse(line);
  if (message.type === 'call') answer(message);
  else if (message.type === 'event') console.log(message.event.content);
  else if (message.type === 'report') {
    console.log('value:', message.report.value ?? message.report.error);
    cloche.stdin.end();
  }
}
