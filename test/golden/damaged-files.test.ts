import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import {
  goldenChecks,
  GoldenTree,
  keptDigests,
  obsoleteGoldens,
  PendingResults,
  type GoldenReport,
} from '../../lib/golden/index.js';
import { goldenRun } from '../../lib/golden/compare/golden-run.js';
import { nodeProcesses, nodeTreeFiles } from '../../lib/platform/index.js';
import { REPO } from '../config/repo.js';
import { draws } from '../store/draws.js';
import { scratch } from './sample-golden.js';

const SHIPPED = ['gf01', 'ring-5', 'int-range', 'governed-codex'];
/** There are two goldens: one is damaged, and the other must still be judged. */
const SOUND = 'line-4';

class Goldens {
  readonly tree: GoldenTree;
  readonly name: string;

  constructor(t: Test, name: string) {
    this.name = name;
    this.tree = new GoldenTree(join(scratch(t), 'golden'), nodeTreeFiles, nodeProcesses());
    this.restore();
    cpSync(join(REPO, 'golden', SOUND), this.at(SOUND), { recursive: true });
  }

  at(...path: string[]): string {
    return join(this.tree.root, ...path);
  }

  restore(): void {
    rmSync(this.at(this.name), { recursive: true, force: true });
    cpSync(join(REPO, 'golden', this.name), this.at(this.name), { recursive: true });
  }

  /** Compares the two goldens with the runs that were accepted. */
  check(readOnly = true, update: 'none' | 'all' = 'none'): Promise<GoldenReport> {
    const source = new GoldenTree(join(REPO, 'golden'), nodeTreeFiles, nodeProcesses());
    const names = [this.name, SOUND];
    const subjects = names.map((name) => {
      const golden = source.read(source.directoryOf(name))!;
      const run = goldenRun(source, source.directoryOf(name), golden);
      return {
        name,
        scenario: name,
        manifest: this.at('../manifests/all.yaml'),
        directory: this.tree.directoryOf(name),
        open: () =>
          Promise.resolve({
            record: run.record,
            bytes: async function* (kind: string) {
              const artefact = golden.artefacts.find((entry) => entry.kind === kind)!;
              if (artefact.file !== null)
                yield Buffer.from(source.artefact(source.directoryOf(name), artefact));
            },
          }),
      };
    });
    const directories = new Set(names.map((name) => this.tree.directoryOf(name)));
    return goldenChecks({
      tree: this.tree,
      compare: () => Promise.reject(new Error('digests tell that nothing differs')),
      subjects,
      references: { directories, manifests: [] },
      update,
      read_only: readOnly,
      overridden: false,
      by: null,
      why: '',
      clock: { now: () => 0, monotonic: () => 0 },
    });
  }
}

/** Every reader of goldens completes, the damaged golden is a finding, and the other one agrees. */
async function isFinding(t: Test, goldens: Goldens, label: string): Promise<void> {
  const { results } = await goldens.check();
  const [bad, sound] = results;
  if (sound?.verdict.verdict !== 'agrees') t.fail(`${label}: the sound golden is ${sound?.verdict.verdict}`);
  const verdict = bad?.verdict.verdict;
  if (verdict !== 'damaged' && verdict !== 'missing') t.fail(`${label}: ${verdict}`);
  keptDigests(goldens.tree);
  await obsoleteGoldens(goldens.tree, { directories: new Set(), manifests: [] });
}

const WRONG = [null, [], {}, 0, -1, 1.5, '', 'x', true, [[]], { a: 1 }, '\u0000', 1e300];

/** Every value of a document, one at a time, replaced by values of other types. */
function* swapped(value: unknown, path: readonly string[] = []): Generator<readonly [string, unknown]> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  for (const [key, member] of entries.slice(0, 20)) {
    for (const wrong of WRONG) {
      if (JSON.stringify(wrong) === JSON.stringify(member)) continue;
      const copy = structuredClone(value) as Record<string, unknown>;
      copy[key] = wrong;
      yield [[...path, key].join('/'), copy];
    }
    for (const [at, inner] of swapped(member, [...path, key])) {
      const copy = structuredClone(value) as Record<string, unknown>;
      copy[key] = inner;
      yield [at, copy];
    }
  }
}

for (const name of SHIPPED) {
  void t.test(`a golden.json with random damage is a finding: ${name}`, async (t) => {
    const goldens = new Goldens(t, name);
    const file = goldens.at(name, 'golden.json');
    const sound = readFileSync(file);
    const draw = draws(7);
    for (let round = 0; round < 100; round++) {
      const bytes = Buffer.from(sound);
      const cut = Math.floor(draw() * bytes.length);
      if (round % 2 === 0) writeFileSync(file, bytes.subarray(0, cut));
      else {
        for (let n = 0; n < 20; n++) bytes[Math.floor(draw() * bytes.length)] = Math.floor(draw() * 256);
        writeFileSync(file, bytes);
      }
      const { results } = await goldens.check();
      if (results.length !== 2 || results[1]?.verdict.verdict !== 'agrees') t.fail(`round ${round}`);
      keptDigests(goldens.tree);
    }
    t.end();
  });

  void t.test(`a golden.json with a wrong type in any field is a finding: ${name}`, async (t) => {
    const goldens = new Goldens(t, name);
    const file = goldens.at(name, 'golden.json');
    const sound = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    let count = 0;
    for (const [at, value] of swapped(sound)) {
      // Metrics are not interpreted; time, author and reason of the acceptance are arbitrary texts.
      if (/^metrics\/|^accepted|^manifest$|^scenario$|^engine_version$|^failure/.test(at)) continue;
      if (count++ % 11 !== 0) continue;
      writeFileSync(file, JSON.stringify(value));
      const { results } = await goldens.check();
      if (results[1]?.verdict.verdict !== 'agrees') t.fail(at);
      keptDigests(goldens.tree);
    }
    for (const whole of WRONG) {
      writeFileSync(file, JSON.stringify(whole));
      await isFinding(t, goldens, JSON.stringify(whole));
    }
    t.ok(count > 300, `${count} values`);
    t.end();
  });
}

const KINDS: Readonly<Record<string, (file: string) => void>> = {
  'a directory': (file) => mkdirSync(file),
  'a link to itself': (file) => symlinkSync(file, file),
  'a dangling link': (file) => symlinkSync('/nowhere/golden.json', file),
  'a link to a valid file': (file) => symlinkSync(join(REPO, 'golden/gf01/golden.json'), file),
  'a link to a device': (file) => symlinkSync('/dev/zero', file),
  'a pipe': (file) => void execFileSync('mkfifo', [file]),
  'an empty file': (file) => {
    writeFileSync(file, '');
  },
  zeros: (file) => {
    writeFileSync(file, Buffer.alloc(1000));
  },
  'UTF-16': (file) => {
    writeFileSync(file, Buffer.from('\ufeff{"schema": "aether-golden/1"}', 'utf16le'));
  },
  'merge conflict markers': (file) => {
    writeFileSync(file, '<<<<<<< ours\n{"accepted": null}\n=======\n{}\n>>>>>>> theirs\n');
  },
};

for (const [kind, make] of Object.entries(KINDS)) {
  void t.test(`${kind} in a golden is a finding of it`, async (t) => {
    for (const file of ['golden.json', 'umx_ledger.jsonl', 'metrics.json']) {
      const goldens = new Goldens(t, 'gf01');
      rmSync(goldens.at('gf01', file));
      make(goldens.at('gf01', file));
      await isFinding(t, goldens, file);
      const verdict = (await goldens.check()).results[0]!.verdict;
      t.match(verdict, { verdict: 'damaged', message: new RegExp(file.replace('.', '\\.')) });
    }
    t.end();
  });

  void t.test(`${kind} at the path of a pending result is reported, and the golden is judged`, async (t) => {
    const goldens = new Goldens(t, 'gf01');
    rmSync(goldens.at('gf01'), { recursive: true });
    mkdirSync(goldens.at('.pending'));
    make(goldens.at('.pending/gf01.json'));
    make(goldens.at('.pending/other.json'));
    t.match(new PendingResults(goldens.tree).all().problems, [{ name: 'gf01' }, { name: 'other' }]);
    const { results } = await goldens.check(false);
    t.match(results, [{ verdict: { verdict: 'missing' } }, { verdict: { verdict: 'agrees' } }]);
    t.ok(keptDigests(goldens.tree).damaged.length > 0);
    t.end();
  });
}

/** Kinds of entries at the path of a directory. */
const NO_DIRECTORIES: readonly ((place: string) => void)[] = [
  (place) => {
    writeFileSync(place, 'x');
  },
  (place) => {
    symlinkSync('/nowhere', place);
  },
];

void t.test('a golden directory that is another kind of file is a finding', async (t) => {
  for (const make of NO_DIRECTORIES) {
    const goldens = new Goldens(t, 'gf01');
    rmSync(goldens.at('gf01'), { recursive: true });
    make(goldens.at('gf01'));
    const { results } = await goldens.check();
    t.match(results[0]?.verdict.verdict, /damaged|missing/);
    const { results: again, notes } = await goldens.check(false);
    t.equal(again[1]?.verdict.verdict, 'agrees', 'the other golden is judged');
    t.type(notes, Array);
  }
  t.end();
});

void t.test('the verdict has a note if .pending cannot be used', async (t) => {
  for (const make of NO_DIRECTORIES) {
    const goldens = new Goldens(t, 'gf01');
    rmSync(goldens.at('gf01'), { recursive: true });
    make(goldens.at('.pending'));
    const { ok, results, notes } = await goldens.check(false);
    t.notOk(ok);
    t.match(results, [
      { verdict: { verdict: 'missing' }, action: 'none' },
      { verdict: { verdict: 'agrees' } },
    ]);
    t.match(notes[0], /^cannot write to .*\.pending/);
  }
  t.end();
});

void t.test(
  'a batch with read-only goldens outside CI still has a verdict',
  { skip: process.getuid?.() === 0 && 'permissions do not bind the superuser' },
  async (t) => {
    const goldens = new Goldens(t, 'gf01');
    rmSync(goldens.at('gf01'), { recursive: true });
    chmodSync(goldens.tree.root, 0o555);
    t.teardown(() => {
      chmodSync(goldens.tree.root, 0o755);
    });
    const { results, notes } = await goldens.check(false);
    t.match(results, [
      { verdict: { verdict: 'missing' }, action: 'none' },
      { verdict: { verdict: 'agrees' } },
    ]);
    t.match(notes, [/permission denied \(EACCES\)/]);
  },
);

void t.test('errors of the file system in any read are findings of the golden', async (t) => {
  for (const code of ['EACCES', 'EPERM', 'EIO', 'ELOOP', 'ENOTDIR', 'ENAMETOOLONG', 'EMFILE', 'ESTALE']) {
    const goldens = new Goldens(t, 'gf01');
    const fail = (path: string): void => {
      if (path.includes('gf01')) throw Object.assign(new Error(code), { code });
    };
    const files = {
      ...nodeTreeFiles,
      readText: (path: string) => (fail(path), nodeTreeFiles.readText(path)),
      list: (path: string) => (fail(path), nodeTreeFiles.list(path)),
    };
    Object.assign(goldens.tree, { files });
    const { results } = await goldens.check();
    t.match(results, [
      { verdict: { verdict: 'damaged', message: new RegExp(`golden\\.json cannot be read.*${code}`) } },
      { verdict: { verdict: 'agrees' } },
    ]);
    t.match(keptDigests(goldens.tree).damaged, [new RegExp(code)]);
  }
  t.end();
});

void t.test('a directory that cannot be read is not judged and not obsolete', async (t) => {
  for (const code of ['EMFILE', 'EACCES', 'EIO']) {
    for (const [where, name] of [
      ['', 'goldens'],
      ['other', 'other'],
    ] as const) {
      const goldens = new Goldens(t, 'gf01');
      mkdirSync(goldens.at('other'), { recursive: true });
      const shut = where === '' ? goldens.tree.root : goldens.at(where);
      const list = (path: string): ReturnType<typeof nodeTreeFiles.list> => {
        if (path === shut) throw Object.assign(new Error(code), { code });
        return nodeTreeFiles.list(path);
      };
      Object.assign(goldens.tree, { files: { ...nodeTreeFiles, list } });
      for (const update of ['none', 'all'] as const) {
        const { obsolete, removed, not_judged, ok } = await goldens.check(update === 'none', update);
        t.strictSame([obsolete, removed, ok], [[], [], false], `${code} of ${name}`);
        t.match(not_judged, [
          {
            name,
            because: 'unreadable',
            reason: new RegExp(`it is unknown whether its goldens are obsolete: .*${code}`),
          },
        ]);
        t.equal(not_judged.length, 1);
      }
      t.ok(existsSync(goldens.at('gf01')), 'nothing is removed');
    }
  }
});

void t.test('line endings converted by git are named as the reason', async (t) => {
  const goldens = new Goldens(t, 'gf01');
  for (const file of readdirSync(goldens.at('gf01'))) {
    const path = goldens.at('gf01', file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
  }
  const [{ verdict }] = (await goldens.check()).results as [GoldenReport['results'][number]];
  t.match(verdict, { verdict: 'damaged', message: /CRLF line endings.*core\.autocrlf.*\.gitattributes/ });
  const path = goldens.at('gf01', 'umx_ledger.jsonl');
  goldens.restore();
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n').replace('"tick":1', '"tick":9'));
  const other = (await goldens.check()).results[0]!.verdict;
  t.match(
    other,
    { verdict: 'damaged', message: /does not have the digest/ },
    'other damage has no such explanation',
  );
});
