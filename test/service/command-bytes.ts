import { AETHER } from '../../lib/cli/aether-program.js';
import { runProgram } from '../../lib/cli/program.js';
import { quietTerminal } from '../cli/quiet-terminal.js';

/** The standard output of a command for a store. */
export async function commandBytes(root: string, words: readonly string[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const out = (text: string): void => void pieces.push(Buffer.from(text));
  const write = (bytes: Uint8Array): Promise<boolean> => {
    pieces.push(Buffer.from(bytes));
    return Promise.resolve(true);
  };
  const terminal = quietTerminal({ out, data: out, write });
  await runProgram(AETHER, [...words, '--store', root], { terminal, env: {}, exit: () => undefined });
  return Buffer.concat(pieces);
}
