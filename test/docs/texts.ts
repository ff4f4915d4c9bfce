import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { REPO } from '../config/repo.js';
import { sourcePaths } from '../source-files.js';

/** `title`: of a test; `assertion`: the text of an assertion. */
export type Place = 'comment' | 'string' | 'page' | 'title' | 'assertion';

/** A comment or string of a source file, or a paragraph of a page. */
export interface Text {
  /** Path below the repository. */
  readonly file: string;
  /** First line, from 1. */
  readonly line: number;
  readonly place: Place;
  /** Without comment marks and expressions; every sequence of blanks and line ends is one blank. */
  readonly text: string;
}

/** The assertions whose last argument is a text, with the number of arguments before it. */
const ASSERTIONS: Readonly<Record<string, number>> = {
  ok: 1,
  notOk: 1,
  pass: 0,
  fail: 0,
  equal: 2,
  not: 2,
  same: 2,
  strictSame: 2,
  match: 2,
  notMatch: 2,
  type: 2,
  throws: 2,
  rejects: 2,
};

/** The comments and strings of all TypeScript sources below a folder; module names are not included. */
export function sourceTexts(folder: string): readonly Text[] {
  return sourcePaths(folder).flatMap(textsOf);
}

/** The paragraphs of a Markdown page outside of code blocks. */
export function pageTexts(file: string): readonly Text[] {
  const page = readFileSync(join(REPO, file), 'utf8');
  const prose = page.replaceAll(/^ *```[\s\S]*?^ *```$/gm, (block) => block.replaceAll(/[^\n]/g, ''));
  return [...prose.matchAll(/(?:[^\n]+\n?)+/g)].map(({ 0: text, index }) => ({
    file,
    line: prose.slice(0, index).split('\n').length,
    place: 'page',
    text: joined(text),
  }));
}

function textsOf(file: string): readonly Text[] {
  const source = readFileSync(join(REPO, file), 'utf8');
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, kind);
  const comments = new Map<number, Text>();
  const strings: Text[] = [];
  const lineAt = (position: number): number => tree.getLineAndCharacterOfPosition(position).line + 1;
  const addComments = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end } of ranges ?? []) {
      const text = joined(uncommented(source.slice(pos, end)));
      comments.set(pos, { file, line: lineAt(pos), place: 'comment', text });
    }
  };
  const visit = (node: ts.Node): void => {
    // The text of JSX may contain the marks of a comment.
    if (!ts.isJsxText(node)) {
      addComments(ts.getLeadingCommentRanges(source, node.getFullStart()));
      addComments(ts.getTrailingCommentRanges(source, node.getEnd()));
    }
    const text = textOf(node);
    if (text !== undefined && !isModuleName(node)) {
      strings.push({ file, line: lineAt(node.getStart()), place: placeOf(node), text: joined(text) });
    }
    for (const child of node.getChildren(tree)) visit(child);
  };
  visit(tree);
  return [...comments.values(), ...strings];
}

/** The text of a string; of a template, with an ellipsis for each expression. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
  }
  return ts.isStringLiteralLike(node) || ts.isJsxText(node) ? node.text : undefined;
}

function placeOf(node: ts.Node): Place {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return isCase(parent, node) ? 'title' : 'string';
  if (!ts.isCallExpression(parent) || !ts.isPropertyAccessExpression(parent.expression)) return 'string';
  const called = parent.expression.name.text;
  const at = parent.arguments.findIndex((argument) => argument === node);
  if (called === 'test') return at === 0 ? 'title' : 'string';
  return at >= (ASSERTIONS[called] ?? Infinity) ? 'assertion' : 'string';
}

/** True for the title of a function in a table of tests. */
function isCase({ name, initializer }: ts.PropertyAssignment, node: ts.Node): boolean {
  return name === node && ts.isArrowFunction(initializer) && node.getText().includes(' ');
}

function isModuleName({ parent }: ts.Node): boolean {
  return (
    ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isImportTypeNode(parent.parent)
  );
}

function uncommented(comment: string): string {
  return comment.replaceAll(/^\/\*+|\*\/$|^\/\//g, '').replaceAll(/^\s*\*/gm, '');
}

function joined(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
