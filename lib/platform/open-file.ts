import { spawn } from 'node:child_process';

/** Hands a file to the program that the system shows such files with. */
export type OpenFile = (path: string) => Promise<void>;

/** The system's opener and its words before the path. */
function openerOf(platform: NodeJS.Platform): readonly [program: string, ...words: string[]] {
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['explorer.exe'] : ['xdg-open'];
}

/**
 * Starts the system's opener and lets it go; what it shows stays when this process ends.
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
