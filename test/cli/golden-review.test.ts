import t from 'tap';
import { TOPOLOGY } from '../batch/memory-documents.js';
import { ALL, projectWith, runText } from './cli-fixture.js';
import { TmuxTerminal, withoutTmux } from './tmux-terminal.js';
import { PROGRAMS } from '../programs.js';

const AETHER = `'${process.execPath}' '${PROGRAMS.aether}'`;
const SCENARIOS = ['ash', 'birch', 'cedar']
  .map((id) => `\n  - {id: ${id}, golden: true, run: ${runText({ run_id: id, initial_state: '[640, 0]' })}}`)
  .join('');
const PROMPT = '[a]ccept  [r]eject  [s]kip  [q]uit: ';

void t.test(
  'review in a terminal accepts, rejects, quits and resumes',
  { skip: withoutTmux() },
  async (t) => {
    const directory = t.testdir();
    const cli = projectWith(directory, SCENARIOS).with({ AETHER_BY: 'tester' });
    await cli.batch(ALL, '-u', 'missing');
    cli.write('manifests/pair.yaml', TOPOLOGY.replace('k: 1', 'k: 2'));
    await cli.batch(ALL);
    const terminal = new TmuxTerminal(t, directory, { AETHER_BY: 'tester' });

    terminal.type(`${AETHER} golden review`);
    const first = await terminal.until(/1 of 3[\s\S]*\[q\]uit/);
    t.match(first, /ash {2}changed/);
    t.match(first, /cause: changed inputs\n +topology \/edges\/0\/k: 1 -> 2/);
    t.match(first, /^- +"edges"/m);
    terminal.type('a');
    await terminal.until('why accept?');
    terminal.type('the edge is wider now');
    await terminal.until(/2 of 3[\s\S]*\[q\]uit/);
    terminal.type('what');
    await terminal.until(new RegExp(`${escaped(PROMPT)}what\\n${escaped(PROMPT.trimEnd())}`));
    terminal.type('r');
    await terminal.until('why reject?');
    terminal.type('birches do not do that');
    await terminal.until(/3 of 3[\s\S]*\[q\]uit/);
    terminal.type('q');
    const ended = await terminal.until('result pending');
    t.match(ended, '1 accepted, 1 rejected, 1 result pending');

    terminal.type('clear');
    terminal.type(`${AETHER} golden review; echo "exit code $?"`);
    const resumed = await terminal.until(/1 of 1[\s\S]*\[q\]uit/);
    t.match(resumed, /cedar {2}changed/);
    terminal.type('s');
    t.match(await terminal.until('exit code 1'), '0 accepted, 0 rejected, 1 result pending');

    const status = await cli.aether('golden', 'status', '--manifests', ALL);
    t.match(status.out, /ash +agrees +[0-9a-f]{12} +\S+ +tester {2}the edge is wider now/);
    t.match(status.out, /birch +changed, rejected/);
    t.match(status.out, /cedar +changed, pending/);

    terminal.type('clear');
    terminal.type(`${AETHER} golden review cedar --reason 'no more questions'; echo "exit code $?"`);
    await terminal.until(/1 of 1[\s\S]*\[q\]uit/);
    terminal.type('accept');
    t.match(await terminal.until('exit code 0'), '1 accepted, 0 rejected, nothing is pending');
  },
);

void t.test(
  'output is paged on a terminal, and a drawing needs a file',
  { skip: withoutTmux() },
  async (t) => {
    const directory = t.testdir();
    const cli = projectWith(directory, `\n  - {id: long, run: ${runText({ ticks: '200' })}}`);
    await cli.batch(ALL);
    const terminal = new TmuxTerminal(t, directory, { PAGER: 'sed s/^/paged:/' });
    terminal.type(`${AETHER} show-ledger long --to 2; echo "exit code $?"`);
    t.match(await terminal.until('exit code 0'), /paged:tick/);
    const plot = `${AETHER} plot long; echo "exit code $?"`;
    terminal.type(plot);
    t.match(await terminal.until('exit code 2'), 'name a file with -o');
  },
);

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
