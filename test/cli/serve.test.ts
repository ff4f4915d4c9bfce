import { spawn } from 'node:child_process';
import t from 'tap';
import { PROGRAMS } from '../programs.js';
import { writeDocuments } from '../service/service-documents.js';

/** Loaded before the program: sends itself a signal as soon as it has written a text. */
const PRELOAD = `for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write;
  stream.write = function (text, ...rest) {
    const taken = write.call(this, text, ...rest);
    if (String(text).includes(process.env.SIGNAL_AT)) process.kill(process.pid, 'SIGTERM');
    return taken;
  };
}`;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Serves until the signal that it sends itself after a text. */
function serveUntil(directory: string, text: string): Promise<Ended> {
  const preload = `data:text/javascript,${encodeURIComponent(PRELOAD)}`;
  const args = [PROGRAMS.aether, 'serve', '--port', '0', '--manifests', 'manifest.yaml'];
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    cwd: directory,
    env: { ...process.env, NO_COLOR: '1', SIGNAL_AT: text },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}

for (const [when, text] of [
  ['as the service is announced', 'operator service on'],
  ['before it is announced', 'The service listens on port'],
] as const) {
  void t.test(`a signal that arrives ${when} stops the service normally`, async (t) => {
    const directory = t.testdir();
    writeDocuments(directory);
    const { code, signal, out, err } = await serveUntil(directory, text);
    t.strictSame([code, signal], [0, null], err);
    t.match(out, /operator service on http/);
    t.match(err, /SIGTERM: stopping all runs[^]*The service shuts down/);
  });
}
