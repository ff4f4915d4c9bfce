import { AETHER } from '../../lib/cli/aether-program.js';
import type { CommandContext } from '../../lib/cli/command-context.js';
import { runProgram } from '../../lib/cli/program.js';
import { quietTerminal } from './quiet-terminal.js';

/** One call of `aether`, in a directory. */
export interface DrivenLine {
  readonly directory: string;
  readonly words: readonly string[];
}

/** Runs the lines that its parent sends, one after another, and answers each with how it ended. */
process.on('message', ({ directory, words }: DrivenLine) => {
  process.chdir(directory);
  const said: Said = { code: 0, out: '', err: '' };
  void runProgram(AETHER, words, contextFor(said)).then(() => process.send!(said));
});

/** A stop signal of the parent's is not for the programs: each call listens to them anew. */
process.setMaxListeners(0);

interface Said {
  code: number;
  out: string;
  err: string;
}

function contextFor(said: Said): CommandContext {
  const out = (text: string): void => void (said.out += text);
  const note = (text: string): void => void (said.err += text);
  return {
    terminal: quietTerminal({
      out,
      data: out,
      write: (bytes) => {
        out(Buffer.from(bytes).toString());
        return Promise.resolve(true);
      },
      err: note,
      errData: note,
    }),
    env: {},
    exit: (code) => void (said.code = code),
  };
}
