import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { forPeople } from '../../base/printable.js';
import type { CommandContext } from '../command-context.js';

/** Writes one line of a listing; false once the reader has gone. */
export type LineWriter = (line: string) => Promise<boolean>;

/** Bytes collected before they are written together. */
const BATCH_BYTES = 64 << 10;

/**
 * Outputs a listing: on a terminal through the pager (`PAGER`, otherwise less, which exits at once if
 * everything fits on the screen), otherwise to stdout. Lines are escaped for terminals, unless they are
 * exact.
 */
export async function paged(
  { terminal, env }: CommandContext,
  write: (line: LineWriter) => Promise<void>,
  { isExact = false } = {},
): Promise<void> {
  const shown = (line: string): string =>
    isExact ? line : forPeople(line, terminal.outColors.isColorSupported);
  const pager = terminal.isPaged ? startPager(env) : undefined;
  const sink = pager === undefined ? terminal.write : pagerSink(pager);
  let waiting = '';
  let isRead = true;
  const flush = async (): Promise<void> => {
    if (waiting !== '') isRead = (await sink(Buffer.from(waiting))) && isRead;
    waiting = '';
  };
  await write(async (line) => {
    waiting += `${shown(line)}\n`;
    if (waiting.length >= BATCH_BYTES) await flush();
    return isRead;
  });
  await flush();
  if (pager === undefined) return;
  pager.stdin?.end();
  if (pager.exitCode === null) await once(pager, 'close');
}

function startPager(env: NodeJS.ProcessEnv): ChildProcess | undefined {
  const command = env['PAGER'] ?? 'less';
  if (command === '' || command === 'cat') return undefined;
  const pager = spawn('/bin/sh', ['-c', `${command} || cat`], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { LESS: 'FRX', ...env },
  });
  pager.stdin.on('error', () => undefined);
  return pager;
}

function pagerSink(pager: ChildProcess): (bytes: Uint8Array) => Promise<boolean> {
  return (bytes) =>
    new Promise((resolve) => {
      pager.stdin!.write(bytes, (error) => {
        resolve(error === null || error === undefined);
      });
    });
}
