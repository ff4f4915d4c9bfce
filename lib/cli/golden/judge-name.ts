import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';

/** Git answers at once, or not at all. */
const GIT_MS = 2_000;

/** Who judges: as the call says, else as the environment, git or the system knows the user; null when none does. */
export async function judgeName(by: string | undefined, env: NodeJS.ProcessEnv): Promise<string | null> {
  const given = oneLine(by) ?? oneLine(env['AETHER_BY']);
  return given ?? oneLine(await gitName(env)) ?? oneLine(systemName(env)) ?? null;
}

function gitName(env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve) => {
    const options = { env, timeout: GIT_MS, maxBuffer: 4096, encoding: 'utf8' } as const;
    execFile('git', ['config', 'user.name'], options, (error, stdout) => {
      resolve(error === null ? stdout : '');
    });
  });
}

function systemName(env: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the system's list, as in many containers.
    return env['USER'] ?? env['LOGNAME'] ?? '';
  }
}

function oneLine(text: string | undefined): string | undefined {
  const line = (text ?? '').replace(/\p{Cc}+/gu, ' ').trim();
  return line === '' ? undefined : line;
}
