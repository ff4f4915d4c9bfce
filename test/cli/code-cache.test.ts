import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import t, { type Test } from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { REPO } from '../config/repo.js';

const BUNDLE = join('dist', 'cli');
const COMPILED = join(BUNDLE, 'compiled', `v8-${process.versions.v8}-${process.arch}`);

interface Installed {
  readonly root: string;
  readonly bundle: string;
  readonly compiled: string;
  aether(words: readonly string[], options?: string): SpawnSyncReturns<string>;
}

/** A copy of the programs as installed, which a test can change. */
function installed(t: Test): Installed {
  const root = t.testdir();
  for (const path of ['bin', 'manifests', 'profiles', 'topologies', BUNDLE, 'package.json']) {
    cpSync(join(REPO, path), join(root, path), { recursive: true });
  }
  symlinkSync(join(REPO, 'node_modules'), join(root, 'node_modules'));
  return {
    root,
    bundle: join(root, BUNDLE),
    compiled: join(root, COMPILED),
    aether: (words, options = '') =>
      // Not started by this process itself: tap enables source maps in the processes that a test starts.
      spawnSync(
        'env',
        ['-i', `NODE_OPTIONS=${options}`, process.execPath, join('bin', 'aether.js'), ...words],
        { cwd: root, encoding: 'utf8' },
      ),
  };
}

/** Loaded before the program: says in the end how many files V8 took from compiled code. */
const COUNT_ACCEPTED = `
const vm = require('node:vm');
let accepted = 0;
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    if (this.cachedDataRejected === false) accepted++;
  }
};
process.on('exit', () => require('node:fs').writeSync(2, 'accepted ' + accepted));
`;

const VALIDATE = ['validate', 'manifests/reference.yaml'];

void t.test('V8 accepts the compiled code of the files of the bundle', (t) => {
  const folder = join(REPO, COMPILED);
  const accepted = readdirSync(join(REPO, BUNDLE)).filter((name) => {
    if (!name.endsWith('.js')) return false;
    const source = readFileSync(join(REPO, BUNDLE, name), 'utf8');
    t.notMatch(source, /\bimport\("/, `${name} requires what it loads later`);
    const saved = readdirSync(folder).includes(sha256(source)) && readFileSync(join(folder, sha256(source)));
    if (saved === false) return false;
    const data = saved.subarray(64);
    t.equal(saved.toString('latin1', 0, 64), sha256(data), name);
    const { cachedDataRejected } = new Script(
      `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
      { cachedData: data },
    );
    t.equal(cachedDataRejected, false, name);
    return true;
  });
  t.match(accepted.join(' '), /part-program-.*part-store-.*part-worker-/);
  t.end();
});

void t.test('damaged, foreign or missing compiled code changes nothing', (t) => {
  const { aether, root, compiled } = installed(t);
  writeFileSync(join(root, 'count.cjs'), COUNT_ACCEPTED);
  const validate = (): SpawnSyncReturns<string> => aether(VALIDATE, '--require ./count.cjs');
  const usual = validate();
  t.equal(usual.status, 0, usual.stderr);
  t.match(usual.stderr, /^accepted \d\d$/, 'compiled code is used');
  const damages: Record<string, (bytes: Buffer) => Buffer> = {
    'a flipped bit': (bytes) => flipped(bytes, bytes.length >> 1),
    'the first half': (bytes) => bytes.subarray(0, bytes.length >> 1),
    'no bytes': () => Buffer.alloc(0),
    'data of another version of V8': (bytes) => signed(flipped(bytes.subarray(64), 4)),
    'other text': (bytes) => signed(Buffer.from(String(bytes.length))),
  };
  const whole = new Map(readdirSync(compiled).map((name) => [name, readFileSync(join(compiled, name))]));
  t.ok(whole.size > 10);
  for (const [title, damage] of Object.entries(damages)) {
    for (const [name, bytes] of whole) writeFileSync(join(compiled, name), damage(bytes));
    const { stdout, stderr } = validate();
    t.equal(stdout, usual.stdout, title);
    t.equal(stderr, 'accepted 0', title);
  }
  rmSync(compiled, { recursive: true });
  t.equal(validate().stdout, usual.stdout, 'none at all');
  t.end();
});

void t.test('a file changed after the build runs as changed', (t) => {
  const { aether, bundle } = installed(t);
  for (const name of readdirSync(bundle).filter((file) => file.endsWith('.js'))) {
    const source = readFileSync(join(bundle, name), 'utf8');
    writeFileSync(join(bundle, name), source.replaceAll('Run simulations and', 'RUN SIMULATIONS AND'));
  }
  t.match(aether(['--help']).stdout, /RUN SIMULATIONS AND/);
  t.end();
});

void t.test('with source maps enabled, stack traces point to the sources', (t) => {
  const { aether, root } = installed(t);
  writeFileSync(join(root, 'full.cjs'), `process.stdout.write = () => { throw new Error('probe'); };`);
  const plain = '--require ./full.cjs';
  t.match(aether(['config', '--json'], plain).stderr, /probe[^]*at .*dist.cli.*\.js:\d+/);
  const mapped = `--enable-source-maps ${plain}`;
  t.match(aether(['config', '--json'], mapped).stderr, /probe[^]*at .*lib.cli.*\.ts:\d+/);
  t.end();
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 1;
  return copy;
}

function signed(data: Buffer): Buffer {
  return Buffer.concat([Buffer.from(sha256(data)), data]);
}
