import type { Json } from '../../base/canonical-json.js';
import { DEFAULT_LIMITS } from '../../config/limits.js';
import { parseText } from '../../config/source/read-document.js';
import { sourceTree, type SourceNode } from './source-tree.js';
import { resolvePlain } from '../../config/source/plain-scalar.js';

/** Path from the root of a document. */
export type EditPath = readonly (string | number)[];

/** The text of a document, and the file name that distinguishes JSON from YAML. */
export interface DocumentText {
  readonly file: string;
  readonly text: string;
}

/** The text cannot be edited in place without changing other values. */
export class NotEditable extends Error {
  override readonly name = 'NotEditable';
}

/**
 * The text of a valid YAML or JSON document with one value replaced or added; comments, order and everything
 * else are unchanged. The result is parsed again: it has exactly the old values and the new one.
 *
 * @throws NotEditable if an anchor, alias or tag is on the path
 */
export function setInDocument({ file, text }: DocumentText, path: EditPath, value: Json): string {
  const root = sourceTree(text);
  if (root === undefined) throw new NotEditable('the document is empty');
  const edited = new Edit(file, text).set(root, path, value);
  const expected = withValue(readValue(file, text), path, value);
  if (JSON.stringify(readValue(file, edited)) !== JSON.stringify(expected)) {
    throw new NotEditable('the document has a form that cannot be edited in place');
  }
  return edited;
}

/** The text with a copy of a list item inserted after it. */
export function copyItem({ file, text }: DocumentText, path: EditPath, index: number): string {
  let node: SourceNode | undefined = sourceTree(text);
  for (const step of path) node = node === undefined ? undefined : childOf(node, step);
  if (node?.kind !== 'list' || node.items[index] === undefined)
    throw new NotEditable('there is no such list');
  const item = node.items[index];
  if (node.flow)
    return `${text.slice(0, item.end)}, ${text.slice(item.start, item.end)}${text.slice(item.end)}`;
  const dash = text.lastIndexOf('-', item.start - 1);
  const lineStart = text.lastIndexOf('\n', dash) + 1;
  const lineEnd = endOfLine(text, item.end);
  const copied = text.slice(lineStart, lineEnd);
  const edited = `${text.slice(0, lineEnd)}${breakOf(text)}${copied}${text.slice(lineEnd)}`;
  readValue(file, edited);
  return edited;
}

class Edit {
  readonly #text: string;
  readonly #isJson: boolean;

  constructor(file: string, text: string) {
    this.#text = text;
    this.#isJson = file.toLowerCase().endsWith('.json');
  }

  set(root: SourceNode, path: EditPath, value: Json): string {
    let node = root;
    for (const [depth, step] of path.entries()) {
      if (node.kind === 'alias') throw new NotEditable('an alias is on the path');
      const child = childOf(node, step);
      if (child === undefined) return this.#add(node, path.slice(depth), value);
      if (child.fixed) throw new NotEditable('a value with an anchor or a tag is on the path');
      node = child;
    }
    return this.#replace(node, value);
  }

  #replace(node: SourceNode, value: Json): string {
    const written = this.#value(value);
    const space = node.start === node.end && this.#text[node.start - 1] === ':' ? ' ' : '';
    const isBlockText = node.kind === 'scalar' && /^[|>]/.test(this.#text.slice(node.start, node.start + 1));
    const tail = isBlockText && this.#text[node.end - 1] === '\n' ? breakOf(this.#text) : '';
    return this.#text.slice(0, node.start) + space + written + tail + this.#text.slice(node.end);
  }

  /** Adds a key with everything below it; a null in its place is replaced. */
  #add(node: SourceNode, path: EditPath, value: Json): string {
    const [step, ...rest] = path;
    if (typeof step !== 'string') throw new NotEditable('a list cannot be extended in place');
    const nested = rest.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
    if (node.kind === 'scalar') {
      if (!['', '~', 'null', 'Null', 'NULL'].includes(node.text) || !node.plain)
        throw new NotEditable('there is no map to extend');
      return this.#replace(node, { [step]: nested });
    }
    if (node.kind !== 'map') throw new NotEditable('there is no map to extend');
    const pair = `${this.#key(step)}: ${this.#value(nested)}`;
    const text = this.#text;
    if (node.flow) {
      const last = node.entries.at(-1);
      const at = last === undefined ? node.start + 1 : last.value.end;
      return `${text.slice(0, at)}${last === undefined ? '' : ', '}${pair}${text.slice(at)}`;
    }
    const first = node.entries[0]!;
    const indent = ' '.repeat(first.keyStart - (text.lastIndexOf('\n', first.keyStart - 1) + 1));
    if (text[node.end - 1] === '\n') {
      return `${text.slice(0, node.end)}${indent}${pair}${breakOf(text)}${text.slice(node.end)}`;
    }
    const at = endOfLine(text, node.end);
    return `${text.slice(0, at)}${breakOf(text)}${indent}${pair}${text.slice(at)}`;
  }

  #value(value: Json): string {
    return this.#isJson ? JSON.stringify(value) : documentValue(value);
  }

  #key(key: string): string {
    return this.#isJson ? JSON.stringify(key) : key;
  }
}

function childOf(node: SourceNode, step: string | number): SourceNode | undefined {
  if (node.kind === 'map') return node.entries.find(({ key }) => key === step)?.value;
  return node.kind === 'list' ? node.items[Number(step)] : undefined;
}

function endOfLine(text: string, from: number): number {
  const end = /\r?\n|$/g;
  end.lastIndex = from;
  return end.exec(text)!.index;
}

function breakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function readValue(file: string, text: string): unknown {
  const { document, problems } = parseText(file, text, DEFAULT_LIMITS);
  if (document === undefined || problems.length > 0) throw new NotEditable('the document cannot be read');
  return document.value;
}

function withValue(root: unknown, path: EditPath, value: Json): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(root))
    return root.map((item: unknown, index) => (index === step ? withValue(item, rest, value) : item));
  const map = typeof root === 'object' && root !== null ? (root as Record<string, unknown>) : {};
  return { ...map, [step]: withValue(map[step], rest, value) };
}

/** Texts that need no quotes, in block and in flow style. */
const SAFE = /^[A-Za-z0-9_./(][A-Za-z0-9 _./()+-]*$/;

/** A value in hand-written YAML style, on one line. */
function documentValue(value: Json): string {
  if (typeof value === 'string') return isPlain(value) ? value : quoted(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(documentValue).join(', ')}]`;
  const pairs = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${pairs.map(([key, member]) => `${documentValue(key)}: ${documentValue(member!)}`).join(', ')}}`;
}

function isPlain(text: string): boolean {
  return SAFE.test(text) && !text.endsWith(' ') && typeof resolvePlain(text).value === 'string';
}

/** Double quotes of YAML accept everything JSON writes, except some raw line separators. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
