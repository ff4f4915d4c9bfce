const NOT_SET: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'off']);

/** True on a CI machine, by the variable that all of them set. */
export function isCI(env: NodeJS.ProcessEnv): boolean {
  return !NOT_SET.has((env['CI'] ?? '').trim().toLowerCase());
}
