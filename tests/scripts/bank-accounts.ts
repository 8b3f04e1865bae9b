// expect: {"balances": ["AC-0001 Ada: 75.62", "AC-0002 Bob: 10.00"], "refusal": {"name": "InsufficientFunds",
//   "message": "needs 1050, has 1000", "missing": 50}, "checks": [true, false, ["owner", "number"]]}
class InsufficientFunds extends Error {
  override name = 'InsufficientFunds';
  constructor(readonly needed: number, readonly available: number) {
    super(`needs ${needed}, has ${available}`);
  }
}

interface Entry { kind: 'deposit' | 'withdrawal' | 'interest'; cents: number }

class Account {
  static #next = 1;
  static readonly FEE = 50;
  readonly number = `AC-${String(Account.#next++).padStart(4, '0')}`;
  #entries: Entry[] = [];

  static {
    if (Account.FEE < 0) throw new Error('a fee cannot be negative');
  }

  constructor(public owner: string, opening = 0) {
    if (opening > 0) this.deposit(opening);
  }

  get balance(): number {
    return this.#entries.reduce((sum, e) => sum + (e.kind === 'withdrawal' ? -e.cents : e.cents), 0);
  }

  deposit(cents: number): this {
    return this.#add('deposit', cents);
  }

  withdraw(cents: number): this {
    const needed = cents + Account.FEE;
    if (needed > this.balance) throw new InsufficientFunds(needed, this.balance);
    return this.#add('withdrawal', cents).#add('withdrawal', Account.FEE);
  }

  addInterest(percent: number): this {
    return this.#add('interest', Math.round((this.balance * percent) / 100));
  }

  #add(kind: Entry['kind'], cents: number): this {
    this.#entries.push({ kind, cents });
    return this;
  }

  static isAccount(value: unknown): value is Account {
    return typeof value === 'object' && value !== null && #entries in value;
  }
}

const ada = new Account('Ada', 100_00);
const bob = new Account('Bob');
ada.withdraw(25_00).addInterest(1.5);

let refusal: unknown;
try {
  bob.deposit(10_00).withdraw(10_00);
} catch (e) {
  if (e instanceof InsufficientFunds) refusal = { name: e.name, message: e.message, missing: e.needed - e.available };
}
({
  balances: [ada, bob].map((a) => `${a.number} ${a.owner}: ${(a.balance / 100).toFixed(2)}`),
  refusal,
  checks: [Account.isAccount(ada), Account.isAccount({}), Object.keys(ada)],
})
