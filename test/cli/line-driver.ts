import { forPeople } from '../../lib/base/printable.js';
import { AETHER } from '../../lib/cli/aether-program.js';
import type { CommandContext } from '../../lib/cli/command-context.js';
import { runProgram } from '../../lib/cli/program.js';
import { LONGEST_LINE } from '../../lib/cli/terminal.js';
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
  const data = (text: string): void => void (said.out += text);
  const errData = (text: string): void => void (said.err += text);
  return {
    terminal: quietTerminal({
      out: (text) => {
        data(forPeople(text, false));
      },
      data,
      write: (bytes) => {
        data(Buffer.from(bytes).toString());
        return Promise.resolve(true);
      },
      err: (text) => {
        errData(forPeople(text, false, LONGEST_LINE));
      },
      errData,
    }),
    env: {},
    exit: (code) => void (said.code = code),
  };
}
