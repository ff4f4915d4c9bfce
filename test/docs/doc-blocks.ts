import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Test } from 'tap';
import { REPO } from '../config/repo.js';
import { PROGRAMS } from '../programs.js';

/** A fenced block of a page, with the output block that follows it, if any. */
export interface DocBlock {
  readonly language: string;
  readonly code: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly output: string | undefined;
}

/** The fenced blocks of a page; output blocks (`text`) are attached to the preceding block. */
export function docBlocks(page: string): readonly DocBlock[] {
  const text = readFileSync(join(REPO, page), 'utf8');
  const blocks: DocBlock[] = [];
  for (const match of text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)) {
    const [, language = '', code = ''] = match;
    const line = text.slice(0, match.index).split('\n').length;
    const last = blocks.at(-1);
    if (language === 'text' && last !== undefined) blocks[blocks.length - 1] = { ...last, output: code };
    else blocks.push({ language, code, line, output: undefined });
  }
  return blocks;
}

const [MODULE_ERROR, MODULE_END] = ['\u0001', '\u0002'];

/** Imports each module and prints its error after its output. */
const MODULE_RUNNER = `
import { resolve } from 'node:path';
for (const path of process.argv.slice(1)) {
  const error = await import('file://' + resolve(path)).then(() => '', (error) => String(error?.stack ?? error));
  process.stdout.write(${JSON.stringify(MODULE_ERROR)} + error + ${JSON.stringify(MODULE_END)});
}`;

/** The output of a module, and its error. */
export interface ModuleOutput {
  readonly out: string;
  readonly error: string | null;
}

/** A directory with the shipped documents and the two programs on its path. */
export class DocDirectory {
  readonly directory: string;
  readonly #bin: string;

  constructor(t: Test) {
    this.directory = t.testdir();
    this.#bin = join(this.directory, '.bin');
    for (const name of ['manifests', 'profiles', 'topologies']) {
      cpSync(join(REPO, name), join(this.directory, name), { recursive: true });
    }
    mkdirSync(this.#bin);
    for (const program of ['aether', 'aether-batch'] as const) {
      const script = `#!/bin/sh\nexec '${process.execPath}' '${PROGRAMS[program]}' "$@"\n`;
      writeFileSync(join(this.#bin, program), script, { mode: 0o755 });
    }
    // Below the repository, the real npm would prepare its package: it would rebuild it while other tests use it.
    writeFileSync(join(this.#bin, 'npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  }

  /** Runs a shell block; stops at the first command that fails, as `set -e` does. */
  shell(code: string): { readonly code: number | null; readonly out: string; readonly err: string } {
    return this.#run('bash', ['--norc', '-euo', 'pipefail', '-c', code]);
  }

  /** Runs modules one after another in one process; paths are relative to the directory. */
  modules(paths: readonly string[]): readonly ModuleOutput[] {
    const ended = this.#run(process.execPath, ['--input-type=module', '--eval', MODULE_RUNNER, ...paths]);
    if (ended.code !== 0) throw new Error(ended.err);
    return ended.out
      .split(MODULE_END)
      .slice(0, -1)
      .map((text) => {
        const [out = '', error = ''] = text.split(MODULE_ERROR);
        return { out, error: error === '' ? null : error };
      });
  }

  #run(command: string, args: readonly string[]): { code: number | null; out: string; err: string } {
    const { HOME, PATH } = process.env;
    const env = { HOME, PATH: `${this.#bin}:${PATH ?? ''}`, AETHER_BY: 'me', LANG: 'C' };
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: this.directory,
      env,
      encoding: 'utf8',
    });
    return { code: status, out: stdout, err: stderr };
  }
}

const RUN_ID = /\b\d{17}-[0-9a-f]{10}\b/g;

/**
 * Compares printed output with that of a page; run ids are equal, a line `...` matches any lines, and `...`
 * within a line any text.
 */
export function assertOutput(t: Test, printed: string, shown: string, where: string): void {
  const lines = (text: string): string[] => text.replace(RUN_ID, 'RUN').trimEnd().split('\n');
  const pattern = lines(shown).map((line) =>
    line === '...' ? '[\\s\\S]*?' : escaped(line).replaceAll('\\.\\.\\.', '.*'),
  );
  const expression = new RegExp(`^${pattern.join('\n').replaceAll('\n[\\s\\S]*?\n', '\n[\\s\\S]*?')}$`);
  t.match(lines(printed).join('\n'), expression, where);
}

function escaped(line: string): string {
  return line.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
