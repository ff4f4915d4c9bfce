/** Counts of a JSON text, computed in one pass without building values. */
export interface JsonSurvey {
  /** Weight of the values: one each, and more for a map or a list. */
  readonly weight: number;
  /** Deepest nesting of maps and lists. */
  readonly depth: number;
  /** Pairs of all maps. */
  readonly keys: number;
  /** Pairs of the largest map. */
  readonly widest: number;
  /**
   * True if a number or an escape needs the reader that keeps its text: a point, an exponent, a leading -0, a
   * `\u`.
   */
  readonly isOdd: boolean;
}

/** Weight of a map or a list in addition to its items: about the memory of this many numbers. */
const CONTAINER_WEIGHT = 4;

const [QUOTE, BACKSLASH, COMMA, COLON, MINUS, POINT, ZERO, NINE] = [34, 92, 44, 58, 45, 46, 48, 57];

/** Surveys a text, which may be invalid JSON. */
export function surveyJson(text: string): JsonSurvey {
  let [commas, opens, depth, deepest, keys] = [0, 0, 0, 0, 0];
  let [isOdd, widest] = [false, 0];
  const pairs: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) {
      const end = endOfString(text, at);
      isOdd ||= end.isOdd;
      at = end.at;
    } else if (c === COMMA) commas++;
    else if (c === COLON) {
      keys++;
      const own = (pairs[depth] ?? 0) + 1;
      pairs[depth] = own;
      if (own > widest) widest = own;
    } else if (c === 91 || c === 123) {
      opens++;
      if (++depth > deepest) deepest = depth;
      pairs[depth] = 0;
    } else if (c === 93 || c === 125) depth--;
    else if (c === POINT) isOdd = true;
    else if (c === MINUS) isOdd ||= text.charCodeAt(at + 1) === ZERO;
    else if (c === 69 || c === 101) {
      const before = text.charCodeAt(at - 1);
      isOdd ||= before >= ZERO && before <= NINE;
    }
  }
  return { weight: 1 + commas + opens * (1 + CONTAINER_WEIGHT), depth: deepest, keys, widest, isOdd };
}

/** Position of the closing quote of a string that starts at `start`; the end of the text if there is none. */
function endOfString(text: string, start: number): { readonly at: number; readonly isOdd: boolean } {
  let isOdd = false;
  let at = start + 1;
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) break;
    if (c !== BACKSLASH) continue;
    at++;
    isOdd ||= text.charCodeAt(at) === 117;
  }
  return { at, isOdd };
}
