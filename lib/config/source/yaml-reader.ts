import { EVENT_ID, getScalarValue, parseEvents, YAMLException } from 'js-yaml';
import type { AliasEvent, Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';
import type { DocumentLimits } from '../limits.js';
import type { ProblemList } from '../problem-list.js';
import { anchorOf, endOfContainer, startOf, tagOf } from './yaml-events.js';
import { resolvePlain, resolveTagged, type PlainScalar } from './plain-scalar.js';
import type { SourceText } from './source-text.js';
import type { Tree } from './tree.js';
import { tooManyYamlValues } from './too-many-values.js';
import { TreeBuilder } from './document-builder.js';
import { surveyYaml } from './yaml-survey.js';

const PLAIN = 1;

/**
 * Reads one YAML 1.2 document (core schema, no merge keys, no custom tags). Undefined if it must be
 * abandoned.
 */
export function readYaml(
  source: SourceText,
  limits: DocumentLimits,
  problems: ProblemList,
): Tree | undefined {
  const found = surveyYaml(source.text);
  const limit = Math.min(limits.yaml_values, limits.values);
  if (found > limit) {
    problems.add(tooManyYamlValues(source.file, { limit, found }));
    return undefined;
  }
  const builder = new TreeBuilder(source, limits, problems);
  let events: Event[];
  try {
    // The parser also counts the scalar inside the innermost container as a level.
    events = parseEvents(source.text, { maxDepth: limits.depth + 1 });
  } catch (error) {
    reportSyntax(error, builder, limits);
    return undefined;
  }
  return new YamlReader(source, limits, builder).read(events, found);
}

function reportSyntax(error: unknown, builder: TreeBuilder, limits: DocumentLimits): void {
  if (!(error instanceof YAMLException)) throw error;
  const at = error.mark?.position ?? 0;
  if (error.reason.startsWith('nesting exceeded'))
    builder.complain(at, 'too-deep', `maps and lists are nested deeper than ${String(limits.depth)}`);
  else builder.complain(at, 'syntax', `not valid YAML: ${error.reason}`);
}

class YamlReader {
  readonly #source: SourceText;
  readonly #limits: DocumentLimits;
  readonly #builder: TreeBuilder;
  /** Per open map: true while its next event is a key. */
  readonly #wantsKey: boolean[] = [];
  #documents = 0;
  #last = 0;

  constructor(source: SourceText, limits: DocumentLimits, builder: TreeBuilder) {
    this.#source = source;
    this.#limits = limits;
    this.#builder = builder;
  }

  read(events: readonly Event[], weight: number): Tree | undefined {
    for (let i = 0; i < events.length; i++) {
      const event = events[i]!;
      if (this.#isKeyNext()) {
        const next = this.#takeKey(events, i);
        if (next === undefined) return undefined;
        i = next;
      } else if (!this.#take(event)) return undefined;
    }
    if (this.#documents === 0) this.#builder.complain(0, 'empty-document', 'the document is empty');
    return this.#documents === 0 ? undefined : this.#builder.finish(weight);
  }

  #isKeyNext(): boolean {
    return this.#wantsKey.at(-1) === true;
  }

  /** Processes an event that is not a key. False if the document must be abandoned. */
  #take(event: Event): boolean {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        return this.#takeDocument(event.directives.some((directive) => directive.kind === 'tag'));
      case EVENT_ID.SCALAR:
        this.#takeScalar(event);
        break;
      case EVENT_ID.ALIAS:
        if (!this.#takeAlias(event)) return false;
        break;
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        return this.#takeContainer(event);
      case EVENT_ID.POP:
        this.#pop();
        return true;
    }
    this.#valueDone();
    return true;
  }

  #takeDocument(hasTags: boolean): boolean {
    this.#documents += 1;
    if (this.#documents === 2) {
      const at = this.#source.text.indexOf('\n---', this.#last) + 1;
      this.#builder.complain(
        at,
        'many-documents',
        'a file must contain one document, and a second one starts here',
      );
      return false;
    }
    if (hasTags) this.#builder.complain(0, 'unknown-tag', 'a %TAG directive is not allowed');
    return true;
  }

  #takeScalar(event: ScalarEvent): void {
    const at = event.valueStart >= 0 ? startOf(event) : this.#emptyAt(event);
    const text = event.valueStart >= 0 ? getScalarValue(this.#source.text, event) : '';
    const tag = tagOf(this.#source.text, event);
    const resolved: PlainScalar =
      event.style === PLAIN && tag === undefined ? resolvePlain(text) : { value: text };
    const value = tag === undefined ? resolved : this.#tagged(tag, text, event.tagStart);
    this.#last = Math.max(this.#last, at);
    this.#builder.scalar(value, at, anchorOf(this.#source.text, event));
  }

  #takeAlias(event: AliasEvent): boolean {
    const name = this.#source.text.slice(event.anchorStart, event.anchorEnd);
    return this.#builder.alias(name, event.anchorStart - 1);
  }

  #takeContainer(event: SequenceEvent | MappingEvent): boolean {
    const isMap = event.type === EVENT_ID.MAPPING;
    const tag = tagOf(this.#source.text, event);
    if (tag !== undefined && tag !== (isMap ? '!!map' : '!!seq') && tag !== '!')
      this.#refuseTag(tag, event.tagStart);
    if (this.#builder.depth >= this.#limits.depth) {
      const limit = String(this.#limits.depth);
      this.#builder.complain(event.start, 'too-deep', `maps and lists are nested deeper than ${limit}`);
      return false;
    }
    this.#last = Math.max(this.#last, event.start);
    this.#builder.open(isMap ? 'map' : 'list', event.start, anchorOf(this.#source.text, event));
    this.#wantsKey.push(isMap);
    return true;
  }

  #pop(): void {
    if (this.#wantsKey.length === 0) return;
    this.#wantsKey.pop();
    this.#builder.close();
    this.#valueDone();
  }

  #valueDone(): void {
    if (this.#builder.inMap) this.#wantsKey[this.#wantsKey.length - 1] = true;
  }

  /**
   * Processes a key; a key that is not text is skipped with everything below it. Returns the index of its
   * last event.
   */
  #takeKey(events: readonly Event[], i: number): number | undefined {
    const event = events[i]!;
    if (event.type === EVENT_ID.POP) {
      this.#pop();
      return i;
    }
    this.#wantsKey[this.#wantsKey.length - 1] = false;
    if (event.type === EVENT_ID.SCALAR) {
      this.#scalarKey(event);
      return i;
    }
    const at = 'start' in event ? event.start : event.type === EVENT_ID.ALIAS ? event.anchorStart - 1 : 0;
    this.#builder.complain(at, 'key-not-text', 'a key must be a plain text');
    this.#builder.refuseKey(at);
    return event.type === EVENT_ID.ALIAS ? i : endOfContainer(events, i);
  }

  #scalarKey(event: ScalarEvent): void {
    const at = event.valueStart >= 0 ? startOf(event) : this.#emptyAt(event);
    const text = event.valueStart >= 0 ? getScalarValue(this.#source.text, event) : '';
    this.#last = Math.max(this.#last, at);
    const tag = tagOf(this.#source.text, event);
    if (tag !== undefined && tag !== '!!str' && tag !== '!') this.#refuseTag(tag, event.tagStart);
    const isPlain = event.style === PLAIN && tag === undefined;
    if (isPlain && text === '<<') {
      this.#builder.complain(at, 'merge-key', 'merge keys (<<) are not allowed; write the keys out');
      this.#builder.refuseKey(at);
    } else if (isPlain && typeof resolvePlain(text).value !== 'string') {
      const hint = `write "${text}" in quotes if a text is meant`;
      this.#builder.complain(at, 'key-not-text', 'a key must be a text', { found: text || 'nothing', hint });
      this.#builder.refuseKey(at);
    } else this.#builder.key(text, at);
  }

  /** A scalar with a tag of the core schema; any other tag is refused. */
  #tagged(tag: string, text: string, at: number): PlainScalar {
    const { scalar, fits } = resolveTagged(tag, text);
    if (!fits) this.#refuseTag(tag, at);
    return scalar;
  }

  #refuseTag(tag: string, at: number): void {
    const isCore = tag.startsWith('!!');
    const message = isCore ? `the tag ${tag} does not fit here` : `the tag ${tag} is not allowed`;
    this.#builder.complain(at, 'unknown-tag', message, { found: tag });
  }

  /** An empty value has no place: the place of its key, tag or the last event is used instead. */
  #emptyAt(event: ScalarEvent): number {
    if (event.tagStart >= 0) return event.tagStart;
    if (event.anchorStart >= 0) return event.anchorStart - 1;
    return this.#builder.pendingKeyAt ?? this.#last;
  }
}
