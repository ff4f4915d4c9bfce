/** Supported shells. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** The shell in SHELL; bash if it is none of them. */
export function shellOf(env: NodeJS.ProcessEnv): Shell {
  const name = env['SHELL']?.split('/').at(-1);
  return SHELLS.find((shell) => shell === name) ?? 'bash';
}
