import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { REPO } from './config/repo.js';
import { sourceFiles, type SourceFile } from './source-files.js';

/** Rooms of lib/ and the other rooms that each may import; `batch/expand` is that folder of the room alone. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  telemetry: ['base'],
  store: ['base'],
  engine: ['base'],
  config: ['base', 'engine'],
  run: ['base', 'engine', 'config', 'telemetry'],
  inspect: ['base', 'engine', 'run', 'store'],
  golden: ['base', 'config', 'run', 'store', 'inspect', 'batch/expand'],
  batch: ['base', 'config', 'run', 'store', 'telemetry', 'golden', 'inspect/batch-diff'],
  service: ['base', 'batch', 'golden', 'store', 'inspect', 'telemetry', 'config'],
  ui: ['service'],
  platform: ['base'],
  cli: [
    'base',
    'telemetry',
    'store',
    'engine',
    'config',
    'run',
    'inspect',
    'golden',
    'batch',
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

/** Single files that are open to more rooms: shapes that cross every layer. */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  'lib/engine/inputs.ts': ['batch', 'service'],
  'lib/engine/umx/graph-walk.ts': ['batch', 'service'],
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

/** The folder of lib/ a path lies in; '' for a file of lib/ itself. */
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
  t.ok(folders.length >= 6, 'the sources are there');
  for (const { name } of folders) t.ok(Object.hasOwn(ROOMS, name), name);
  t.end();
});

for (const [room, allowed] of Object.entries(ROOMS)) {
  void t.test(`${room}/ imports only from the rooms it may`, (t) => {
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

void t.test('imports across rooms that the table limits to types are types', (t) => {
  const limited = (room: string, target: string): boolean => {
    if (room === 'run') return target.startsWith('lib/config/') || target.startsWith('lib/telemetry/');
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

void t.test('ui/ knows the service only by its wire types', (t) => {
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

void t.test('the pillars of engine/ keep their order', (t) => {
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

void t.test('codex/ reads what others made and runs none of their code', (t) => {
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

void t.test('nothing in base/, engine/ or run/ depends on clock, chance, locale or process', (t) => {
  for (const { path, names } of inRooms('base', 'engine', 'run')) {
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
  'lib/store/records.ts',
  'lib/store/since.ts',
  'lib/ui/parts/numbers.ts',
];

void t.test('durations and limits are measured by the monotonic clock', (t) => {
  const calculating = files.filter(({ wallArithmetic }) => wallArithmetic.length > 0);
  t.ok(
    calculating.some(({ path }) => path === 'lib/store/records.ts'),
    'the test sees what it looks for',
  );
  const astray = calculating
    .filter(({ path }) => !WALL_ARITHMETIC.includes(path))
    .flatMap(({ path, wallArithmetic }) => wallArithmetic.map((text) => `${path}: ${text}`));
  t.strictSame(astray, [], 'use Clock.monotonic() or a Stopwatch');
  t.end();
});

void t.test('hashing is all that base/, engine/ and run/ need of node', (t) => {
  for (const { path, imports } of inRooms('base', 'engine', 'run')) {
    const foreign = imports.map(({ target }) => target).filter((target) => !target.startsWith('lib/'));
    t.strictSame(
      foreign.filter((target) => target !== 'node:crypto'),
      [],
      path,
    );
  }
  t.end();
});

void t.test('files are touched by platform/ and by the composition root alone', (t) => {
  const touching = files
    .filter(({ imports }) =>
      imports.some(({ target, typeOnly }) => /^node:fs(\/|$)/.test(target) && !typeOnly),
    )
    .map(({ path }) => roomOf(path));
  t.ok(touching.includes('platform'), 'the test sees what it looks for');
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
