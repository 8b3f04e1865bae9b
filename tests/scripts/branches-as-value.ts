// expect: "busy: 4 of 16"
// tools: metrics
const { values } = (await tools.metrics({ name: 'cpu' })) as { values: number[] };
const high: number = values.filter((v) => v > 50).length;

if (high > 3) {
  `busy: ${high} of ${values.length}`;
} else {
  `calm: ${high} of ${values.length}`;
}
