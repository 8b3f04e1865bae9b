// TypeScript as it is: types are taken out under a dome of their own, and positions stay the author's.
enum Tone { Plain = 'plain', Loud = 'loud' }

interface Greeting {
  name: string;
  tone: Tone;
}

class Greeter {
  constructor(private readonly salutation: string) {}

  greet({ name, tone }: Greeting): string {
    const text = `${this.salutation}, ${name}`;
    return tone === Tone.Loud ? `${text.toUpperCase()}!` : `${text}.`;
  }
}

const guests: Greeting[] = [
  { name: 'Ada', tone: Tone.Plain },
  { name: 'Grace', tone: Tone.Loud },
];
const greeter = new Greeter('Hello');
const lines = await Promise.all(guests.map(async (guest: Greeting): Promise<string> => greeter.greet(guest)));
for (const line of lines) console.log(line);
display([{ guests: guests.length, loud: guests.filter((g) => g.tone === Tone.Loud).length }], 'table');
lines.length satisfies number;
