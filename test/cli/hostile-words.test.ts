import { createServer, type AddressInfo } from 'node:net';
import t, { type Test } from 'tap';
import { AETHER } from '../../lib/cli/aether-program.js';
import type { CommandContext } from '../../lib/cli/command-context.js';
import { programShape } from '../../lib/cli/completion/command-shape.js';
import { ALL, projectWith, runText } from './cli-fixture.js';
import { LineDriver, type Said } from './driven.js';
import { valueSlots } from './path-lines.js';

/** Values that a script, a paste or an attacker may pass. */
const WORDS = {
  'text that acts': '\u001b[31mred\u0007\r\n::error::x\u202e\u2066\u0085\u2028\ud800',
  'a long text': 'x'.repeat(100_000),
  'the current directory': '.',
  'a negative number': '-1',
  'a huge number': '99999999999999999999',
  'no number': 'NaN',
  'digits of another script': '\u0663',
} as const;

const MOST_SAID = 16 * 1024;
/** Characters that a terminal or a log viewer interprets; line feeds end lines. */

const ACTING =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}|^::/mu;

function check(t: Test, call: string, { code, out, err }: Said): void {
  const said = `${out}${err}`;
  const faults = [
    ...([0, 1, 2, 4, 5].includes(code as number) ? [] : [`ends with ${String(code)}`]),
    ...(ACTING.test(said) ? ['prints what acts'] : []),
    ...(err.length > MOST_SAID || (code !== 0 && said.length > MOST_SAID) ? ['says too much'] : []),
    ...(code !== 0 && err === '' && out === '' ? ['says nothing'] : []),
  ];
  const start = JSON.stringify(said.slice(0, 400));
  t.strictSame(faults, [], `${call}: ${start}`);
}

void t.test('no value of an option or operand breaks a command or its terminal', async (t) => {
  const cli = projectWith(t.testdir(), `\n  - {id: a, run: ${runText({ ticks: '8' })}, golden: true}\n`);
  const made = await cli.batch(ALL, '-u=all', '--reason=why', '--by=me', '--output=report');
  t.equal(made.code, 0, made.err);
  // The port is taken, so a service that accepts all options still ends.
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = `--port=${String((server.address() as AddressInfo).port)}`;
  const driver = new LineDriver();
  const shape = programShape(AETHER.commands({} as CommandContext));
  const every = Object.entries(WORDS);
  for (const { command, usage, line, isPath } of valueSlots(shape)) {
    // Paths that a user may give by mistake are tested separately.
    for (const [kind, word] of isPath ? every.slice(0, 2) : every) {
      const words = line(word);
      const whole = command === 'serve' && usage !== '--port' ? [...words, port] : words;
      check(t, `${command} ${usage}: ${kind}`, await driver.run({ directory: cli.directory, words: whole }));
    }
  }
  driver.end();
  server.close();
});
