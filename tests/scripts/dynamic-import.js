// expect: ["1 box", "3 boxes", "-5.00 EUR", true, true]
// module: format=format.js
const name = 'format';
const { plural, default: money } = await import(name);
const again = await import('format');
const missing = await import('nowhere').then(() => 'found it', (e) => e instanceof Error);
[plural(1, 'box', 'boxes'), plural(3, 'box', 'boxes'), money(-5, 'EUR'), again.default === money, missing]
