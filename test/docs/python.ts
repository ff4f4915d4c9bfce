import { spawnSync } from 'node:child_process';

/** The reason why Python code with these modules cannot run here; false if it can. */
export function pythonSkip(modules: readonly string[]): string | false {
  const code = `import sys; assert sys.version_info >= (3, 8)\n${modules.map((name) => `import ${name}`).join('\n')}`;
  const { error, status, stderr } = spawnSync('python3', ['-c', code], { encoding: 'utf8' });
  if (error !== undefined) return 'python3 is not installed';
  if (status === 0) return false;
  const missing = /No module named '([^']+)'/.exec(stderr)?.[1];
  return missing === undefined
    ? `python3 cannot run this: ${stderr.trim()}`
    : `python3 has no module ${missing}`;
}
