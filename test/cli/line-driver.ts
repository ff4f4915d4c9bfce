import { AETHER } from '../../lib/cli/aether-program.js';
import { AETHER_BATCH } from '../../lib/cli/aether-batch-program.js';
import { runProgram } from '../../lib/cli/program.js';
import type { ProgramName } from '../programs.js';

/** One call of a program in a directory. */
export interface DrivenLine {
  readonly directory: string;
  readonly words: readonly string[];
  /** Absent: `aether`. */
  readonly program?: ProgramName;
  /** Variables of the environment in addition to those at the start of the process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The end of a call. */
export interface DrivenEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** True if the call left work that would keep a separate process from ending, such as a blocking open. */
  readonly isWaiting: boolean;
}

const PROGRAM = { aether: AETHER, 'aether-batch': AETHER_BATCH } as const;

/** Runs the lines that its parent sends, one after another, and answers each with its end. */
process.on('message', (line: DrivenLine) => {
  void run(line).then((end) => process.send!(end));
});

/** The parent has ended. */
process.on('disconnect', () => process.exit());

/**
 * Stop signals of the parent are not sent to the programs: each call adds its own listeners for them and for
 * the streams.
 */
process.setMaxListeners(0);
const streams = { out: process.stdout, err: process.stderr } as const;
for (const stream of Object.values(streams)) stream.setMaxListeners(0);

const OWN_ENV = { ...process.env };

/** Keeps this process running until the first call. */
let idle: number | undefined;

/** The call uses the process as a binary does: its directory, environment, streams and exit code. */
async function run({ directory, words, program = 'aether', env = {} }: DrivenLine): Promise<DrivenEnd> {
  process.chdir(directory);
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, OWN_ENV, env);
  process.exitCode = undefined;
  const out = takenFrom(streams.out);
  const err = takenFrom(streams.err);
  idle ??= process.getActiveResourcesInfo().length;
  await runProgram(PROGRAM[program], words);
  return {
    code: Number(process.exitCode ?? 0),
    out: textOf(out),
    err: textOf(err),
    isWaiting: process.getActiveResourcesInfo().length > idle,
  };
}

/** The bytes written to a stream from now on. */
function takenFrom(stream: NodeJS.WriteStream): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const write = (piece: Uint8Array | string, ...rest: readonly unknown[]): boolean => {
    pieces.push(typeof piece === 'string' ? Buffer.from(piece) : Uint8Array.from(piece));
    const written = rest.at(-1);
    if (typeof written === 'function') process.nextTick(written as () => void);
    return true;
  };
  Object.assign(stream, { write });
  return pieces;
}

function textOf(pieces: readonly Uint8Array[]): string {
  return Buffer.concat(pieces).toString();
}
