import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { REPO } from '../config/repo.js';

const BUILT = fileURLToPath(new URL('../../lib/index', import.meta.url));

/** Options of a strict user of the package. */
const STRICT: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  typeRoots: [join(REPO, 'node_modules/@types')],
  types: ['node'],
  paths: { 'aether-sim': [`${BUILT}.d.ts`] },
};

/** A module that imports the package by its name. */
export interface TypedModule {
  readonly name: string;
  readonly code: string;
}

/**
 * Checks modules against the built declarations in one program, and writes each as JavaScript that imports the built
 * package.
 *
 * @returns what the compiler has to say, one line each; empty when all modules are right
 */
export function compileModules(directory: string, modules: readonly TypedModule[]): readonly string[] {
  mkdirSync(directory, { recursive: true });
  const files = modules.map(({ name, code }) => {
    const file = join(directory, `${name}.mts`);
    writeFileSync(file, code);
    return file;
  });
  const program = ts.createProgram(files, STRICT);
  const { diagnostics } = program.emit();
  for (const { name } of modules) {
    const file = join(directory, `${name}.mjs`);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll("'aether-sim'", JSON.stringify(`file://${BUILT}.js`)));
  }
  return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(oneLine);
}

function oneLine({ file, start, messageText }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (file === undefined || start === undefined) return text;
  const { line } = file.getLineAndCharacterOfPosition(start);
  return `${file.fileName.replace(/^.*\//, '')}:${String(line + 1)}: ${text}`;
}
