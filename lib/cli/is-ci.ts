const NOT_SET: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'off']);

/** True on a build machine, as the variable that they all set says. */
export function isCI(env: NodeJS.ProcessEnv): boolean {
  return !NOT_SET.has((env['CI'] ?? '').trim().toLowerCase());
}
