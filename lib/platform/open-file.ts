import { spawn } from 'node:child_process';

/** Opens a file with the default program of the system. */
export type OpenFile = (path: string) => Promise<void>;

/** The opener of the system and its arguments before the path. */
function openerOf(platform: NodeJS.Platform): readonly [program: string, ...words: string[]] {
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['explorer.exe'] : ['xdg-open'];
}

/**
 * Starts the opener of the system detached; the opened window survives this process.
 *
 * @throws Error when there is no opener, or it cannot be started
 */
export const openWithSystem: OpenFile = (path) =>
  new Promise((resolve, reject) => {
    const [program, ...words] = openerOf(process.platform);
    const child = spawn(program, [...words, path], { detached: true, stdio: 'ignore' });
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new Error(`${program} is not installed`) : error);
    });
  });
