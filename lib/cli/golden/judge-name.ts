import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';

/** Timeout of git in milliseconds. */
const GIT_MS = 2_000;

/**
 * The author of a judgement: from the call, otherwise from the environment, git or the system; null if none
 * is known.
 */
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
    // A user without an entry in the user database, as in many containers.
    return env['USER'] ?? env['LOGNAME'] ?? '';
  }
}

function oneLine(text: string | undefined): string | undefined {
  const line = (text ?? '').replace(/\p{Cc}+/gu, ' ').trim();
  return line === '' ? undefined : line;
}
