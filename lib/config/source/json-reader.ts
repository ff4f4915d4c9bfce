import type { DocumentLimits } from '../limits.js';
import type { ProblemList } from '../problem-list.js';
import { JsonSpots } from './json-spots.js';
import { surveyJson } from './json-survey.js';
import { plainJson } from './plain-json.js';
import { resolvePlain } from './plain-scalar.js';
import { tooManyValues } from './too-many-values.js';
import type { SourceText } from './source-text.js';
import type { Tree } from './tree.js';
import { TreeBuilder } from './document-builder.js';

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const WORD = /true|false|null/y;

/**
 * Reads strict JSON (RFC 8259). Undefined if the text is not valid JSON; the reason is among the problems.
 */
export function readJson(
  source: SourceText,
  limits: DocumentLimits,
  problems: ProblemList,
): Tree | undefined {
  const { text } = source;
  const survey = surveyJson(text);
  if (survey.weight > limits.values) {
    problems.add(tooManyValues(source.file, { limit: limits.values, found: survey.weight }));
    return undefined;
  }
  if (survey.widest > limits.map_keys) {
    const counts = { limit: limits.map_keys, found: survey.widest };
    problems.add(tooManyValues(source.file, counts, 'one map of the document'));
    return undefined;
  }
  const plain = survey.depth > limits.depth ? undefined : plainJson(text, survey);
  if (!plain) return new JsonReader(source, limits, problems).read(survey.weight);
  const spots = new JsonSpots(text);
  const start = text.search(/\S/);
  const { weight } = survey;
  return { value: plain.value, start, weight, spotOf: (_, at) => spots.at(at), odd: new Map() };
}

class JsonReader {
  readonly #text: string;
  readonly #limits: DocumentLimits;
  readonly #builder: TreeBuilder;
  #at = 0;

  constructor(source: SourceText, limits: DocumentLimits, problems: ProblemList) {
    this.#text = source.text;
    this.#limits = limits;
    this.#builder = new TreeBuilder(source, limits, problems, false);
  }

  read(weight: number): Tree | undefined {
    this.#skipSpace();
    if (this.#at === this.#text.length) {
      this.#builder.complain(0, 'empty-document', 'the document is empty');
      return undefined;
    }
    do {
      if (!this.#readValue()) return undefined;
    } while (this.#builder.depth > 0);
    if (this.#at < this.#text.length) return this.#fail('unexpected text after the value');
    const spots = new JsonSpots(this.#text);
    return this.#builder.finish(weight, (_, at) => spots.at(at));
  }

  /** Reads a value (for a container only its start) and all closing brackets after it. */
  #readValue(): boolean {
    const c = this.#text[this.#at];
    if (c === '{' || c === '[') {
      if (this.#builder.depth >= this.#limits.depth) return this.#tooDeep();
      this.#builder.open(c === '{' ? 'map' : 'list', this.#at);
      this.#at += 1;
      this.#skipSpace();
      const closes = this.#text[this.#at] === (c === '{' ? '}' : ']');
      if (!closes) return c === '[' || this.#readKey();
    } else if (!this.#readScalar()) return false;
    return this.#readAfterValue();
  }

  #readAfterValue(): boolean {
    for (;;) {
      this.#skipSpace();
      if (this.#builder.depth === 0) return true;
      const { inMap } = this.#builder;
      const c = this.#text[this.#at];
      if (c === ',') {
        this.#at += 1;
        this.#skipSpace();
        return !inMap || this.#readKey();
      }
      if (c !== (inMap ? '}' : ']')) {
        this.#fail(inMap ? 'a comma or } is expected' : 'a comma or ] is expected');
        return false;
      }
      this.#at += 1;
      this.#builder.close();
      // An empty container was opened and closed here: depth 0 ends the document.
    }
  }

  #readKey(): boolean {
    const at = this.#at;
    if (this.#text[at] !== '"') {
      this.#fail('a key in double quotes is expected');
      return false;
    }
    const key = this.#readString();
    if (key === undefined) return false;
    this.#builder.key(key, at);
    this.#skipSpace();
    if (this.#text[this.#at] !== ':') {
      this.#fail('a colon is expected after the key');
      return false;
    }
    this.#at += 1;
    this.#skipSpace();
    return true;
  }

  #readScalar(): boolean {
    const at = this.#at;
    if (this.#text[at] === '"') {
      const value = this.#readString();
      if (value !== undefined) this.#builder.scalar({ value }, at);
      return value !== undefined;
    }
    const plain = this.#match(NUMBER) ?? this.#match(WORD);
    if (plain === undefined) {
      this.#fail(at < this.#text.length ? 'a value is expected' : 'unexpected end of the document');
      return false;
    }
    this.#builder.scalar(resolvePlain(plain), at);
    return true;
  }

  #readString(): string | undefined {
    const start = this.#at;
    let end = start + 1;
    let escaped = false;
    for (; ; end++) {
      const c = this.#text.charCodeAt(end);
      if (c === 0x22) break;
      if (Number.isNaN(c)) return this.#fail('unterminated text');
      if (c < 0x20) {
        this.#at = end;
        return this.#fail('control characters in a text must be escaped');
      }
      if (c === 0x5c) {
        escaped = true;
        end += 1;
      }
    }
    this.#at = end + 1;
    const raw = this.#text.slice(start, end + 1);
    if (!escaped) return raw.slice(1, -1);
    try {
      return JSON.parse(raw) as string;
    } catch {
      this.#at = start;
      return this.#fail('unknown escape in a text');
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0];
    this.#at += text?.length ?? 0;
    return text;
  }

  #skipSpace(): void {
    const c = this.#text.charCodeAt(this.#at);
    if (c <= 0x20) this.#match(SPACE);
  }

  #tooDeep(): false {
    const limit = String(this.#limits.depth);
    this.#builder.complain(this.#at, 'too-deep', `maps and lists are nested deeper than ${limit}`);
    return false;
  }

  #fail(message: string): undefined {
    this.#builder.complain(this.#at, 'syntax', `not valid JSON: ${message}`);
    return undefined;
  }
}
