/**
 * Loads the files of the bundled programs with code that V8 compiled while they were built. Each entry of the bundle
 * requires this first; unbundled programs do without it.
 *
 * The compiled code of a file is found by the digest of its source, in a folder for one version of V8 and one architecture.
 * If it is missing or damaged, or if V8 rejects it because other flags are set, the file is compiled as usual.
 */
import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** Set by the build, which runs some commands so that their functions are compiled; a process saves them as it exits. */
const SAVES = process.env['AETHER_SAVE_COMPILED_CODE'] === '1';
const BUNDLE = import.meta.dirname;
const COMPILED = join(BUNDLE, 'compiled', `v8-${process.versions.v8}-${process.arch}`);
/** V8 does not check the data itself: damaged data ends the process, or worse. Hex digits of a SHA-256, then the data. */
const DIGEST_LENGTH = 64;

interface CompiledFile {
  readonly place: string;
  readonly script: Script;
}

/** Source maps and precise coverage work only for files that Node itself compiled. */
const needed = !process.sourceMapsEnabled && process.env['NODE_V8_COVERAGE'] === undefined;
if (needed && (SAVES || existsSync(COMPILED))) loadCompiled();

function loadCompiled(): void {
  const { extensions } = createRequire(import.meta.url);
  const asUsual = extensions['.js']!;
  const files: CompiledFile[] = [];
  extensions['.js'] = (module, filename) => {
    if (dirname(filename) !== BUNDLE) {
      asUsual(module, filename);
      return;
    }
    const source = readFileSync(filename, 'utf8');
    const place = join(COMPILED, hash('sha256', source));
    const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
      filename,
      cachedData: compiledAt(place),
    });
    if (SAVES) files.push({ place, script });
    const load = script.runInThisContext() as (...names: unknown[]) => void;
    load.call(module.exports, module.exports, module.require.bind(module), module, filename, BUNDLE);
  };
  if (SAVES) process.on('exit', () => void save(files));
}

/** Compiled code as saved; undefined if there is none, or it is damaged. */
function compiledAt(place: string): Buffer | undefined {
  let saved: Buffer;
  try {
    saved = readFileSync(place);
  } catch {
    return undefined;
  }
  const data = saved.subarray(DIGEST_LENGTH);
  return saved.toString('latin1', 0, DIGEST_LENGTH) === hash('sha256', data) ? data : undefined;
}

/** A process that called more functions has more compiled code, so the longest is kept. */
function save(files: readonly CompiledFile[]): void {
  mkdirSync(COMPILED, { recursive: true });
  for (const { place, script } of files) {
    const data = script.createCachedData();
    if (data.length > (compiledAt(place)?.length ?? 0)) {
      writeFileSync(place, Buffer.concat([Buffer.from(hash('sha256', data)), data]));
    }
  }
}
