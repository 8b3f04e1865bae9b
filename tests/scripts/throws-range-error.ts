// expect-error: RangeError: config.timeoutMs must be a whole number, got undefined
// output: ["checking { retries: 3 }"]
interface Config { readonly retries: number; readonly timeoutMs: number }

function assertConfig(value: Partial<Config>): asserts value is Config {
  for (const key of ['retries', 'timeoutMs'] as const) {
    const n = value[key];
    if (n === undefined || !Number.isInteger(n) || n < 0) {
      throw new RangeError(`config.${key} must be a whole number, got ${n}`);
    }
  }
}

const config: Partial<Config> = { retries: 3 };
console.log('checking', config);
assertConfig(config);
config.retries + config.timeoutMs;
