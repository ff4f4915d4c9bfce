import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import t from 'tap';
import { isHangupIgnored } from '../../lib/platform/hangup.js';

const SIGNALS = new URL('../../lib/platform/signals.js', import.meta.url).href;
const HANGUP = new URL('../../lib/platform/hangup.js', import.meta.url).href;

/** Watches signals, reports those it receives, and ends when its standard input ends. */
const WATCHER = `
  import { watchStopSignals } from ${JSON.stringify(SIGNALS)};
  watchStopSignals((signal, count) => { console.log(signal, count); if (signal === 'SIGTERM') process.exit(0); });
  setInterval(() => undefined, 1000);
  console.log('ready');
`;

/** Sends signals to a watcher, each after the previous one was handled. */
async function told(stdin: 'ignore' | number, env: NodeJS.ProcessEnv, hangups: number): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', WATCHER], {
    stdio: [stdin, 'pipe', 'inherit'],
    env: { ...process.env, _: '', ...env },
  });
  let out = '';
  child.stdout!.on('data', (bytes: Buffer) => {
    out += bytes.toString();
    if (out === 'ready\n') {
      for (let n = 0; n < hangups; n++) child.kill('SIGHUP');
      child.kill('SIGTERM');
    }
  });
  await once(child, 'close');
  return out;
}

void t.test('repeated hangups call the handler once', async (t) => {
  t.match(await told('ignore', {}, 1), /^ready\n(SIGHUP 1\nSIGTERM 2|SIGTERM 1)/);
  t.notMatch(await told('ignore', {}, 3), /SIGHUP [23]/);
});

void t.test(
  'a process started with nohup ignores hangups',
  { skip: process.platform === 'linux' ? false : 'needs /proc' },
  async (t) => {
    const unreadable = openSync('/dev/null', 'w');
    t.equal(await told(unreadable, {}, 1), 'ready\nSIGTERM 1\n', 'by the standard input that it gives');
    closeSync(unreadable);
    t.equal(
      await told('ignore', { _: '/usr/bin/nohup' }, 1),
      'ready\nSIGTERM 1\n',
      'by the name that the shell gives',
    );
    t.notOk(isHangupIgnored({}), 'and this process was not started by it');
    const script = `import { isHangupIgnored } from ${JSON.stringify(HANGUP)}; console.log(isHangupIgnored())`;
    t.equal(
      execFileSync(
        'bash',
        ['-c', 'nohup "$0" --input-type=module -e "$1" 2>/dev/null', process.execPath, script],
        {
          encoding: 'utf8',
        },
      ).trim(),
      'true',
      'by the real one',
    );
  },
);
