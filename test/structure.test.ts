import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { REPO } from './config/repo.js';
import { DOORS } from './doors.js';
import { importCircles, sourceFiles, type SourceFile } from './source-files.js';

/** Rooms of lib/ and the other rooms that each may import; `batch/expand` is only that folder of the room. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  telemetry: ['base'],
  store: ['base'],
  engine: ['base'],
  config: ['base', 'engine'],
  session: ['base', 'engine', 'telemetry'],
  execution: ['base', 'session', 'store', 'telemetry'],
  inspect: ['base', 'engine', 'session', 'store'],
  golden: ['base', 'config', 'session', 'store', 'inspect', 'batch/expand'],
  batch: ['base', 'config', 'session', 'store', 'golden', 'inspect/batch-diff', 'execution'],
  audit: ['inspect', 'store'],
  service: ['base', 'execution', 'batch', 'golden', 'store', 'inspect', 'config'],
  ui: ['service'],
  platform: ['base'],
  cli: [
    'base',
    'store',
    'engine',
    'config',
    'session',
    'inspect',
    'golden',
    'execution',
    'batch',
    'audit',
    'service',
    'platform',
  ],
};

/** Pillars of engine/ and the pillars that each may import. */
const PILLARS: Readonly<Record<string, readonly string[]>> = {
  umx: [],
  loom: ['umx'],
  press: ['umx'],
  gate: ['umx', 'loom', 'press'],
  uledger: ['umx', 'loom', 'press', 'gate'],
  governance: [],
  codex: ['umx', 'governance'],
};

/** Single files that more rooms may import: shapes that cross every layer. */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  'lib/engine/inputs.ts': ['execution', 'batch', 'service'],
  'lib/engine/codex/records.ts': ['service'],
  'lib/engine/gate/records.ts': ['service'],
  'lib/engine/loom/records.ts': ['service'],
  'lib/engine/press/records.ts': ['service'],
  'lib/engine/uledger/records.ts': ['service'],
  'lib/engine/umx/records.ts': ['service'],
  'lib/engine/umx/graph-walk.ts': ['execution', 'batch'],
  'lib/engine/governance/policy-set.ts': ['service'],
  'lib/session/artefact-records.ts': ['service'],
  'lib/session/input-key.ts': ['service'],
  'lib/session/record-schemas.ts': ['service'],
  'lib/session/session.ts': ['service'],
  'lib/platform/yield-timer.ts': ['execution', 'store', 'inspect', 'batch', 'service'],
};

const FORBIDDEN_NAMES = [
  'Date',
  'Intl',
  'Math.random',
  'localeCompare',
  'performance',
  'process',
  'setInterval',
  'setTimeout',
  'toLocaleLowerCase',
  'toLocaleString',
  'toLocaleUpperCase',
  'randomBytes',
  'randomUUID',
];

const files = sourceFiles('lib');

/** The folder of lib/ that contains a path; '' for a file of lib/ itself. */
function roomOf(path: string): string {
  const [, room, below] = path.split('/');
  return below === undefined ? '' : room!;
}

function inRooms(...rooms: readonly string[]): SourceFile[] {
  return files.filter(({ path }) => rooms.includes(roomOf(path)));
}

void t.test('every folder of lib/ is a room of the table', (t) => {
  const folders = readdirSync(join(REPO, 'lib'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  t.ok(folders.length >= 6, 'the sources are found');
  for (const { name } of folders) t.ok(Object.hasOwn(ROOMS, name), name);
  t.end();
});

for (const [room, allowed] of Object.entries(ROOMS)) {
  void t.test(`${room}/ imports only from permitted rooms`, (t) => {
    const astray = inRooms(room).flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target.startsWith('lib/') && roomOf(target) !== room)
        .filter(({ target }) => !allowed.some((grant) => target.startsWith(`lib/${grant}/`)))
        .filter(({ target }) => !OPEN[target]?.includes(room))
        .map(({ target }) => `${path} -> ${target}`),
    );
    t.strictSame(astray, []);
    t.end();
  });
}

/** Imports of files of other rooms; lib/ itself, the interface of the package, is not a room. */
function acrossRooms(): {
  readonly path: string;
  readonly target: string;
  readonly names: readonly string[];
}[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => target.startsWith('lib/') && roomOf(target) !== roomOf(path))
      .map(({ target, names }) => ({ path, target, names })),
  );
}

void t.test('rooms import only the public files of other rooms, and every public file is used', (t) => {
  const across = acrossRooms();
  t.ok(across.length > 500, 'the test finds imports');
  const isDoor = (target: string): boolean =>
    DOORS[roomOf(target)]?.includes(target.slice(`lib/${roomOf(target)}/`.length)) === true;
  t.strictSame(
    across.filter(({ target }) => !isDoor(target)).map(({ path, target }) => `${path} -> ${target}`),
    [],
    'not a public file; if another room may import it, add it to doors.ts',
  );
  const needed = new Set(across.map(({ target }) => target));
  const doors = Object.entries(DOORS).flatMap(([room, names]) => names.map((name) => `lib/${room}/${name}`));
  t.strictSame(
    doors.filter((door) => !needed.has(door)),
    [],
    'no other room imports it; remove it from doors.ts',
  );
  t.end();
});

void t.test('every grant of the table is used', (t) => {
  const across = acrossRooms();
  const idle = Object.entries(ROOMS).flatMap(([room, grants]) =>
    grants
      .filter(
        (grant) =>
          !across.some(({ path, target }) => roomOf(path) === room && target.startsWith(`lib/${grant}/`)),
      )
      .map((grant) => `${room} -> ${grant}`),
  );
  const opened = Object.entries(OPEN).flatMap(([target, rooms]) =>
    rooms
      .filter((room) => !across.some((found) => found.target === target && roomOf(found.path) === room))
      .map((room) => `${room} -> ${target}`),
  );
  t.strictSame([...idle, ...opened], []);
  t.end();
});

void t.test('no room re-exports names of another room', (t) => {
  const laundered = files
    .filter(({ path }) => path !== 'lib/index.ts')
    .flatMap(({ path, reexports }) =>
      reexports
        .filter((target) => target.startsWith('lib/') && roomOf(target) !== roomOf(path))
        .map((target) => `${path} -> ${target}`),
    );
  t.strictSame(laundered, []);
  t.end();
});

void t.test('imports that the table limits to types are type imports', (t) => {
  const limited = (room: string, target: string): boolean => {
    if (room === 'session') return target.startsWith('lib/config/') || target.startsWith('lib/telemetry/');
    return room === 'engine' && target.startsWith('lib/engine/umx/') && target.endsWith('kernel.ts');
  };
  const astray = files.flatMap(({ path, imports }) =>
    imports
      .filter(({ target, typeOnly }) => !typeOnly && !path.includes('/umx/') && limited(roomOf(path), target))
      .map(({ target }) => `${path} -> ${target}`),
  );
  t.strictSame(astray, []);
  t.end();
});

void t.test('ui/ imports only wire types from the service', (t) => {
  const ui = files.filter(({ path }) => path.startsWith('lib/ui/'));
  t.ok(ui.length > 10);
  const astray = ui.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => target.startsWith('lib/') && !target.startsWith('lib/ui/'))
      .filter(({ target, typeOnly }) => !typeOnly || !target.startsWith('lib/service/wire/'))
      .map(({ target }) => `${path} -> ${target}`),
  );
  t.strictSame(astray, []);
  t.end();
});

void t.test('the pillars of engine/ are imported in one direction', (t) => {
  const pillarOf = (path: string): string => (path.split('/').length > 3 ? path.split('/')[2]! : '');
  const astray = inRooms('engine').flatMap(({ path, imports }) => {
    const pillar = pillarOf(path);
    return imports
      .filter(({ target }) => target.startsWith('lib/engine/') && !['', pillar].includes(pillarOf(target)))
      .filter(({ target }) => pillar === '' || !(PILLARS[pillar] ?? []).includes(pillarOf(target)))
      .map(({ target }) => `${path} -> ${target}`);
  });
  t.strictSame(astray, []);
  for (const { path } of inRooms('engine'))
    t.ok(pillarOf(path) === '' || Object.hasOwn(PILLARS, pillarOf(path)), path);
  t.end();
});

void t.test('codex/ imports only record types of other pillars', (t) => {
  const codex = files.filter(({ path }) => path.startsWith('lib/engine/codex/'));
  t.ok(codex.length > 0);
  for (const { path, imports } of codex) {
    for (const { target, typeOnly } of imports) {
      const foreign =
        target.startsWith('lib/engine/') && target.split('/').length > 3 && !target.includes('/codex/');
      t.ok(!foreign || typeOnly, `${path} -> ${target}`);
    }
  }
  t.end();
});

void t.test('base/, engine/ and session/ do not depend on clock, randomness, locale or process', (t) => {
  for (const { path, names } of inRooms('base', 'engine', 'session')) {
    t.strictSame(
      FORBIDDEN_NAMES.filter((name) => names.has(name)),
      [],
      path,
    );
  }
  t.end();
});

/**
 * Where readings of the wall clock may be calculated with: platform/ sets file times, times of old records span, and the
 * age of a record is counted by the clock that labelled it.
 */
const WALL_ARITHMETIC = [
  'lib/platform/tree-files.ts',
  'lib/store/record-types.ts',
  'lib/store/since.ts',
  'lib/ui/parts/numbers.ts',
];

void t.test('durations and limits are measured by the monotonic clock', (t) => {
  const calculating = files.filter(({ wallArithmetic }) => wallArithmetic.length > 0);
  t.ok(
    calculating.some(({ path }) => path === 'lib/store/record-types.ts'),
    'the test finds readings of the wall clock',
  );
  const astray = calculating
    .filter(({ path }) => !WALL_ARITHMETIC.includes(path))
    .flatMap(({ path, wallArithmetic }) => wallArithmetic.map((text) => `${path}: ${text}`));
  t.strictSame(astray, [], 'use Clock.monotonic() or a Stopwatch');
  t.end();
});

void t.test('base/, engine/ and session/ use only hashing of node', (t) => {
  for (const { path, imports } of inRooms('base', 'engine', 'session')) {
    const foreign = imports.map(({ target }) => target).filter((target) => !target.startsWith('lib/'));
    t.strictSame(
      foreign.filter((target) => target !== 'node:crypto'),
      [],
      path,
    );
  }
  t.end();
});

void t.test('only platform/ and the composition root access files', (t) => {
  const touching = files
    .filter(({ imports }) =>
      imports.some(({ target, typeOnly }) => /^node:fs(\/|$)/.test(target) && !typeOnly),
    )
    .map(({ path }) => roomOf(path));
  t.ok(touching.includes('platform'), 'the test finds file access');
  t.strictSame(
    touching.filter((room) => room !== 'platform' && room !== 'cli'),
    [],
  );
  t.end();
});

void t.test('no order in lib/ depends on the locale', (t) => {
  const localed = files.filter(({ names }) => [...names].some((name) => name.endsWith('localeCompare')));
  t.strictSame(
    localed.map(({ path }) => path),
    [],
  );
  t.end();
});

void t.test('no files import each other in a circle, type imports included', (t) => {
  const [a, b] = [{ target: 'lib/a.ts' }, { target: 'lib/b.ts' }];
  const pair = [
    { ...files[0]!, path: 'lib/a.ts', imports: [b] },
    { ...files[0]!, path: 'lib/b.ts', imports: [a] },
  ];
  t.strictSame(
    importCircles(pair as unknown as SourceFile[]),
    [['lib/a.ts', 'lib/b.ts']],
    'the test finds cycles',
  );
  t.strictSame(importCircles(files), []);
  t.end();
});

void t.test('shared code imports no command, commands import no action of another', (t) => {
  const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');
  const inCommands = (path: string): boolean => path.startsWith('lib/cli/commands/');
  const astray = inRooms('cli').flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => inCommands(target) && folderOf(target) !== folderOf(path))
      .filter(({ target }) => (inCommands(path) ? target.endsWith('/action.ts') : path.split('/').length > 3))
      .map(({ target }) => `${path} -> ${target}`),
  );
  // Pinning and unpinning are one action, and so are packing and unpacking.
  t.strictSame(
    [...new Set(astray)],
    [
      'lib/cli/commands/store/unpack/command.ts -> lib/cli/commands/store/pack/action.ts',
      'lib/cli/commands/store/unpin/command.ts -> lib/cli/commands/store/pin/action.ts',
    ],
  );
  t.end();
});

/** By the files of bin/, and by the build, which compiles validators (vite.cli.config.js). */
const USED_OUTSIDE = [
  'lib/cli/aether-batch.ts ended',
  'lib/cli/aether.ts ended',
  'lib/config/level-validators.ts createAjv',
  'lib/config/shape.ts schemaLevels',
];

void t.test('every function, class, constant and re-export is used in another file', (t) => {
  const used = new Set(USED_OUTSIDE);
  for (const { imports } of [...files, ...sourceFiles('test')])
    for (const { target, names } of imports) for (const name of names) used.add(`${target} ${name}`);
  t.ok(used.has('lib/base/digest.ts sha256'), 'the test finds used names');
  const idle = files
    // The interface of the package.
    .filter(({ path }) => path !== 'lib/index.ts')
    .flatMap(({ path, exports }) =>
      used.has(`${path} *`)
        ? []
        : exports.filter((name) => !used.has(`${path} ${name}`)).map((name) => `${path} ${name}`),
    );
  t.strictSame(idle, []);
  t.end();
});
