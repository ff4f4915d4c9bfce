import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { REPO } from './config/repo.js';

/** One import or re-export of a source file. */
export interface Import {
  /** As written, or for a relative one the repo path of the source file it means. */
  readonly target: string;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

/** A source file of lib/, by its path in the repo with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
  /** Every identifier the file uses, `a.b` for a member of a plain name. */
  readonly names: ReadonlySet<string>;
  /** Lines that calculate with a reading of the wall clock, as written. */
  readonly wallArithmetic: readonly string[];
}

/** All TypeScript sources below a folder of the repo, ascending by path. */
export function sourceFiles(folder: string): SourceFile[] {
  const entries = readdirSync(join(REPO, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(REPO.length).replaceAll('\\', '/').replace(/^\//, ''),
    );
  return paths.sort().map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(REPO, path), 'utf8');
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const names = new Set<string>();
  const wallArithmetic: string[] = [];
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found !== undefined) imports.push({ ...found, target: resolved(path, found.target) });
    if (ts.isIdentifier(node)) names.add(node.text);
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      names.add(`${node.expression.text}.${node.name.text}`);
    }
    if (calculatesWithWallClock(node)) wallArithmetic.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { path, imports, names, wallArithmetic };
}

/** A sum, difference or comparison of wall clock readings, and a variable that holds one, which invites them. */
function calculatesWithWallClock(node: ts.Node): boolean {
  if (ts.isVariableDeclaration(node))
    return node.initializer !== undefined && /(\bDate|[cC]lock)\.now$/.test(calleeOf(node.initializer));
  if (!ts.isBinaryExpression(node) || !CALCULATIONS.has(node.operatorToken.kind)) return false;
  return readsWallClock(node.left) || readsWallClock(node.right);
}

const CALCULATIONS = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);

/** `Date.now()`, `clock.now()`, `this.#clock.now()` and the like, and the difference of two `Date.parse`. */
function readsWallClock(node: ts.Node): boolean {
  return /(^Date\.parse|(\bDate|[cC]lock)\.now)$/.test(calleeOf(node));
}

/** As written, of a call; '' for anything else. */
function calleeOf(node: ts.Node): string {
  return ts.isCallExpression(node) ? node.expression.getText() : '';
}

function importOf(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { target: node.moduleSpecifier.text, typeOnly: onlyTypes(node.importClause) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { target: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
  }
  const dynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const [argument] = dynamic ? node.arguments : [];
  if (argument !== undefined && ts.isStringLiteral(argument))
    return { target: argument.text, typeOnly: false };
  return undefined;
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const { name, namedBindings } = clause;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

function resolved(from: string, target: string): string {
  if (!target.startsWith('.')) return target;
  return posix.join(posix.dirname(from), target).replace(/\.js$/, '.ts');
}
