import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REPO } from '../config/repo.js';
import type { Ended } from './cli-fixture.js';

/** One place of the compiled code and its replacement. */
export interface Patch {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A copy of the build with a changed rule; runs its programs in a directory. */
export class PatchedBuild {
  readonly #lib: string;
  readonly #directory: string;

  /** Copies into a hidden folder of that directory. */
  constructor(directory: string, { file, from, to }: Patch) {
    const copy = join(directory, '.patched');
    this.#directory = directory;
    this.#lib = join(copy, 'lib');
    cpSync(fileURLToPath(new URL('../../lib', import.meta.url)), this.#lib, { recursive: true });
    cpSync(join(REPO, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(REPO, 'node_modules'), join(copy, 'node_modules'));
    const code = readFileSync(join(this.#lib, file), 'utf8');
    if (!code.includes(from)) throw new Error(`${file} no longer says ${from}`);
    writeFileSync(join(this.#lib, file), code.replace(from, to));
  }

  run(program: 'aether' | 'aether-batch', ...args: string[]): Ended {
    const { PATH, HOME } = process.env;
    const { status, signal, stdout, stderr } = spawnSync(
      process.execPath,
      [join(this.#lib, 'cli', `${program}.js`), ...args],
      { cwd: this.#directory, env: { PATH, HOME, TMPDIR: this.#directory }, encoding: 'utf8' },
    );
    return { code: status ?? signal ?? 'unknown', out: stdout, err: stderr };
  }
}
