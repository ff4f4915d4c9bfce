import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { REPO } from './config/repo.js';

/** One import or re-export of a source file. */
interface Import {
  /** As written; for a relative import the path of the source file in the repository. */
  readonly target: string;
  /** True if it is removed by compilation. */
  readonly typeOnly: boolean;
  /** Names as the other file exports them; `*` for all of them. */
  readonly names: readonly string[];
}

/** A source file of lib/, by its path in the repo with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
  /** Functions, classes, constants and re-exported names that the file exports by name. */
  readonly exports: readonly string[];
  /** Files whose names it exports again. */
  readonly reexports: readonly string[];
  /** Every identifier the file uses, `a.b` for a member of a plain name. */
  readonly names: ReadonlySet<string>;
  /** Lines that calculate with a wall clock reading, as written. */
  readonly wallArithmetic: readonly string[];
}

/** All TypeScript sources below a folder of the repo, ascending by path. */
export function sourceFiles(folder: string): SourceFile[] {
  return sourcePaths(folder).map(readSource);
}

/** Paths of the TypeScript sources below a folder of the repo, ascending. */
export function sourcePaths(folder: string): readonly string[] {
  const entries = readdirSync(join(REPO, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(REPO.length).replaceAll('\\', '/').replace(/^\//, ''),
    );
  return paths.sort();
}

/**
 * Groups of files that import each other, directly or through others, each ascending by path. Imports of types count:
 * two files that need each other's types cannot be understood one by one either.
 */
export function importCircles(files: readonly SourceFile[]): readonly (readonly string[])[] {
  const targets = new Map(files.map(({ path, imports }) => [path, imports.map(({ target }) => target)]));
  const reach = (from: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    const open = [from];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      for (const target of targets.get(path) ?? []) {
        if (seen.has(target) || !targets.has(target)) continue;
        seen.add(target);
        open.push(target);
      }
    }
    return seen;
  };
  const reached = new Map([...targets.keys()].map((path) => [path, reach(path)]));
  const circles = new Map<string, readonly string[]>();
  for (const [path, others] of reached) {
    if (!others.has(path)) continue;
    const circle = [...others].filter((other) => reached.get(other)!.has(path)).sort();
    circles.set(circle[0]!, circle);
  }
  return [...circles.values()];
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(REPO, path), 'utf8');
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const exports = tree.statements.flatMap(exportsOf);
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
  const reexports = tree.statements
    .filter((statement) => ts.isExportDeclaration(statement))
    .flatMap((statement) => importOf(statement)?.target ?? [])
    .map((target) => resolved(path, target));
  return { path, imports, exports, reexports, names, wallArithmetic };
}

/** A sum, difference or comparison of wall clock readings, or a variable that stores one. */
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

/** The text of a call; '' for other nodes. */
function calleeOf(node: ts.Node): string {
  return ts.isCallExpression(node) ? node.expression.getText() : '';
}

function importOf(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const names = importedNames(node.importClause);
    return { target: node.moduleSpecifier.text, typeOnly: onlyTypes(node.importClause), names };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    const { exportClause } = node;
    const named = exportClause !== undefined && ts.isNamedExports(exportClause);
    const names = named ? exportClause.elements.map(outerName) : ['*'];
    return { target: node.moduleSpecifier.text, typeOnly: node.isTypeOnly, names };
  }
  const dynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const [argument] = dynamic ? node.arguments : [];
  if (argument !== undefined && ts.isStringLiteral(argument))
    return { target: argument.text, typeOnly: false, names: takenNames(node) };
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const { literal } = node.argument;
    if (ts.isStringLiteral(literal)) return { target: literal.text, typeOnly: true, names: ['*'] };
  }
  return undefined;
}

/** The name in the other file of an import that may be renamed here. */
function outerName({ name, propertyName }: ts.ImportSpecifier | ts.ExportSpecifier): string {
  return (propertyName ?? name).text;
}

function importedNames(clause: ts.ImportClause | undefined): readonly string[] {
  if (clause === undefined) return [];
  const { name, namedBindings } = clause;
  const usual = name === undefined ? [] : ['default'];
  if (namedBindings === undefined) return usual;
  return ts.isNamedImports(namedBindings) ? [...usual, ...namedBindings.elements.map(outerName)] : ['*'];
}

/** Names used by `(await import(...)).name` and `const { name } = await import(...)`. */
function takenNames(call: ts.Node): readonly string[] {
  let taker = call.parent;
  while (ts.isAwaitExpression(taker) || ts.isParenthesizedExpression(taker)) taker = taker.parent;
  if (ts.isPropertyAccessExpression(taker)) return [taker.name.text];
  if (!ts.isVariableDeclaration(taker) || !ts.isObjectBindingPattern(taker.name)) return ['*'];
  return taker.name.elements.map(({ name, propertyName }) => (propertyName ?? name).getText());
}

/** Exported types may be part of a signature and need no other user. */
function exportsOf(statement: ts.Statement): readonly string[] {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    return exportClause !== undefined && ts.isNamedExports(exportClause)
      ? exportClause.elements.map(({ name }) => name.text)
      : [];
  }
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const has = (wanted: ts.SyntaxKind): boolean => modifiers.some(({ kind }) => kind === wanted);
  if (!has(ts.SyntaxKind.ExportKeyword) || has(ts.SyntaxKind.DefaultKeyword)) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isValue = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return isValue && statement.name !== undefined ? [statement.name.text] : [];
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
  const path = posix.join(posix.dirname(from), target).replace(/\.js$/, '.ts');
  return existsSync(join(REPO, path)) || !existsSync(join(REPO, `${path}x`)) ? path : `${path}x`;
}
