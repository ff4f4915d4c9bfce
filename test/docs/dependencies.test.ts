import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { REPO } from '../config/repo.js';

/** The fields of an entry of package-lock.json that this test reads. */
interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Permitted native code; CONTRIBUTING.md states the reason. Each package is optional: it may be missing. */
const NATIVE = /^node_modules\/@napi-rs\/nice(-[\w-]+)?$/;

/** The rules that an entry of the lock file breaks. */
function broken(path: string, locked: Locked): string[] {
  const platforms = [locked.os, locked.cpu, locked.libc].some((list) => list !== undefined);
  const excepted = NATIVE.test(path) && locked.optional === true;
  return [
    ...(EXACT.test(locked.version ?? '') && locked.link !== true ? [] : ['no exact version']),
    ...(/^sha512-/.test(locked.integrity ?? '') ? [] : ['no sha512 digest']),
    ...(locked.hasInstallScript === true ? ['an install script'] : []),
    ...(locked.dev !== true && platforms && !excepted ? ['bound to a platform'] : []),
  ];
}

/** Native code in an installed package, by file name. */
function nativeFiles(path: string): string[] {
  return readdirSync(join(REPO, path), { recursive: true, encoding: 'utf8' }).filter(
    (name) => !name.startsWith('node_modules/') && /(^|\/)[^/]+\.(gyp|gypi|node)$/.test(name),
  );
}

function json(name: string): unknown {
  return JSON.parse(readFileSync(join(REPO, name), 'utf8'));
}

const { packages } = json('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
const PACKAGES = Object.entries(packages).filter(([path]) => path !== '');

void t.test('package.json names exact versions', (t) => {
  const { dependencies, devDependencies } = json('package.json') as Manifest;
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    t.match(version, EXACT, name);
  }
  t.end();
});

void t.test('every locked package follows the rules', (t) => {
  t.ok(PACKAGES.length > 100);
  t.strictSame(
    PACKAGES.map(([path, locked]) => [path, broken(path, locked)] as const).filter(
      ([, rules]) => rules.length > 0,
    ),
    [],
  );
  t.end();
});

void t.test('no installed production package contains native code', (t) => {
  const installed = PACKAGES.filter(
    ([path, { dev }]) => dev !== true && !NATIVE.test(path) && existsSync(join(REPO, path)),
  );
  t.ok(installed.length > 50);
  t.strictSame(
    installed.map(([path]) => [path, nativeFiles(path)] as const).filter(([, files]) => files.length > 0),
    [],
  );
  t.end();
});

void t.test('a package that breaks a rule is reported', (t) => {
  const good: Locked = { version: '1.2.3', integrity: 'sha512-abc' };
  const nice = 'node_modules/@napi-rs/nice-linux-x64-gnu';
  const cases: readonly (readonly [path: string, locked: Locked, rules: readonly string[]])[] = [
    ['node_modules/a', good, []],
    ['node_modules/a', { ...good, hasInstallScript: true }, ['an install script']],
    ['node_modules/a', { ...good, dev: true, hasInstallScript: true }, ['an install script']],
    ['node_modules/a', { ...good, os: ['linux'] }, ['bound to a platform']],
    ['node_modules/a', { ...good, cpu: ['x64'], optional: true }, ['bound to a platform']],
    ['node_modules/a', { ...good, dev: true, libc: ['musl'] }, []],
    ['node_modules/a', { ...good, version: '^1.2.3' }, ['no exact version']],
    ['node_modules/a', { ...good, integrity: 'sha1-abc' }, ['no sha512 digest']],
    ['node_modules/a', { ...good, link: true }, ['no exact version']],
    [nice, { ...good, os: ['linux'], optional: true }, []],
    [nice, { ...good, os: ['linux'] }, ['bound to a platform']],
    [nice, { ...good, hasInstallScript: true, optional: true }, ['an install script']],
    ['node_modules/a/node_modules/@napi-rs/nice', { ...good, os: ['linux'] }, ['bound to a platform']],
  ];
  for (const [path, locked, rules] of cases)
    t.strictSame(broken(path, locked), rules, JSON.stringify(locked));
  t.end();
});
