import { EVENT_ID } from 'js-yaml';
import type { Event, ScalarEvent } from 'js-yaml';

/** The explicit tag of a node as written, such as `!!str`. */
export function tagOf(
  source: string,
  { tagStart, tagEnd }: { readonly tagStart: number; readonly tagEnd: number },
): string | undefined {
  return tagStart < 0 ? undefined : source.slice(tagStart, tagEnd);
}

/** The name of a node's anchor. */
export function anchorOf(
  source: string,
  { anchorStart, anchorEnd }: { readonly anchorStart: number; readonly anchorEnd: number },
): string | undefined {
  return anchorStart < 0 ? undefined : source.slice(anchorStart, anchorEnd);
}

/**
 * Offset of a non-empty scalar. The event of a quoted scalar has the offset of its content; users look for
 * the quote.
 */
export function startOf({ style, valueStart }: ScalarEvent): number {
  return style === 2 || style === 3 ? valueStart - 1 : valueStart;
}

/** Index of the event that closes the container opened at `start`. */
export function endOfContainer(events: readonly Event[], start: number): number {
  let depth = 0;
  for (let i = start; i < events.length; i++) {
    const { type } = events[i]!;
    if (type === EVENT_ID.SEQUENCE || type === EVENT_ID.MAPPING) depth += 1;
    else if (type === EVENT_ID.POP && --depth === 0) return i;
  }
  return events.length - 1;
}
