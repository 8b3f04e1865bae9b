// expect: {"name": "ConfigError", "message": "cannot read missing.ini", "cause": "no such file: missing.ini",
//   "code": "ENOENT"}
// tools: read_file
class ConfigError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConfigError';
  }
}

async function readConfig(path: string): Promise<string> {
  try {
    return await tools.read_file({ path });
  } catch (cause) {
    throw new ConfigError(`cannot read ${path}`, { cause });
  }
}

try {
  await readConfig('missing.ini');
} catch (e) {
  if (e instanceof ConfigError && e.cause instanceof Error) {
    return { name: e.name, message: e.message, cause: e.cause.message, code: (e.cause as Error & { code: string }).code };
  }
  throw e;
}
