import { EVENT_ID, getScalarValue, parseEvents, type Event } from 'js-yaml';

/** A value of a YAML or JSON text by its position. Offsets are in UTF-16 code units, ends exclusive. */
export type SourceNode =
  | {
      readonly kind: 'scalar';
      readonly start: number;
      readonly end: number;
      readonly text: string;
      readonly fixed: boolean;
      readonly plain: boolean;
    }
  | { readonly kind: 'alias'; readonly start: number; readonly end: number; readonly fixed: boolean }
  | {
      readonly kind: 'map';
      readonly start: number;
      readonly end: number;
      readonly flow: boolean;
      readonly fixed: boolean;
      readonly entries: readonly SourceEntry[];
    }
  | {
      readonly kind: 'list';
      readonly start: number;
      readonly end: number;
      readonly flow: boolean;
      readonly fixed: boolean;
      readonly items: readonly SourceNode[];
    };

interface SourceEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly value: SourceNode;
}

/** Styles of scalars, by their number in js-yaml. */
const PLAIN = 1;
const QUOTED = new Set([2, 3]);

/** Parses a document that is known to be valid; undefined if it is empty. */
export function sourceTree(text: string): SourceNode | undefined {
  const reader = new SourceReader(text, parseEvents(text, {}));
  return reader.document();
}

class SourceReader {
  readonly #text: string;
  readonly #events: readonly Event[];
  #next = 0;
  /** End of the last value or key; an empty value is after the colon that follows. */
  #last = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  document(): SourceNode | undefined {
    while (this.#events[this.#next]?.type === EVENT_ID.DOCUMENT) this.#next++;
    return this.#next < this.#events.length ? this.#value() : undefined;
  }

  #value(): SourceNode {
    const event = this.#events[this.#next++]!;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#scalar(event);
      case EVENT_ID.ALIAS:
        this.#last = event.anchorEnd;
        return { kind: 'alias', start: event.anchorStart - 1, end: event.anchorEnd, fixed: false };
      case EVENT_ID.MAPPING:
        return this.#map(event.start, isNamed(event));
      case EVENT_ID.SEQUENCE:
        return this.#list(event.start, isNamed(event));
      default:
        throw new TypeError('the text is not one document');
    }
  }

  #scalar(event: Extract<Event, { type: typeof EVENT_ID.SCALAR }>): SourceNode {
    const { valueStart, valueEnd, style } = event;
    const fixed = isNamed(event);
    if (valueStart < 0) {
      const colon = this.#text.indexOf(':', this.#last);
      const at = colon < 0 ? this.#last : colon + 1;
      return { kind: 'scalar', start: at, end: at, text: '', fixed, plain: true };
    }
    const quote = QUOTED.has(style) ? 1 : 0;
    const isBlock = style !== PLAIN && quote === 0;
    const start = isBlock ? this.#blockHeader(valueStart) : valueStart - quote;
    const end = valueEnd + quote;
    this.#last = end;
    return {
      kind: 'scalar',
      start,
      end,
      text: getScalarValue(this.#text, event),
      fixed,
      plain: style === PLAIN,
    };
  }

  /** Position of the `|` or `>` that starts a block scalar. */
  #blockHeader(contentAt: number): number {
    const between = this.#text.slice(this.#last, contentAt);
    const found = /[|>][-+0-9]*[ \t]*(?:#[^\n]*)?\r?\n/.exec(between);
    return found === null ? contentAt : this.#last + found.index;
  }

  #map(start: number, fixed: boolean): SourceNode {
    const flow = this.#text[start] === '{';
    const entries: SourceEntry[] = [];
    this.#last = start;
    while (this.#events[this.#next]!.type !== EVENT_ID.POP) {
      const key = this.#value();
      const value = this.#value();
      if (key.kind === 'scalar') entries.push({ key: key.text, keyStart: key.start, value });
    }
    return { kind: 'map', start, end: this.#close(start, flow), flow, fixed, entries };
  }

  #list(start: number, fixed: boolean): SourceNode {
    const flow = this.#text[start] === '[';
    const items: SourceNode[] = [];
    this.#last = start;
    while (this.#events[this.#next]!.type !== EVENT_ID.POP) items.push(this.#value());
    return { kind: 'list', start, end: this.#close(start, flow), flow, fixed, items };
  }

  /**
   * Handles the end of a container: for a flow container its bracket, for a block container the end of its
   * last item.
   */
  #close(start: number, flow: boolean): number {
    this.#next++;
    if (!flow) return this.#last;
    let at = Math.max(this.#last, start + 1);
    while (at < this.#text.length && !'}]'.includes(this.#text[at]!)) {
      at = this.#text[at] === '#' ? this.#text.indexOf('\n', at) + 1 || this.#text.length : at + 1;
    }
    this.#last = at + 1;
    return this.#last;
  }
}

/** The meaning of a value with an anchor or a tag is not only in its text. */
function isNamed(event: { readonly anchorStart: number; readonly tagStart: number }): boolean {
  return event.anchorStart >= 0 || event.tagStart >= 0;
}
