import { MAX_INT } from '../../base/integers.js';
import type { Value } from '../columns/value.js';

/*
 * Fields of tick records, parsed from their canonical text without parsing the rest: keys are in a known
 * order, and quotes inside texts are always escaped, so that a quoted key occurs only as a key.
 */

const ZERO = 48;
const MINUS = 45;

/** The integer at a position. */
function integerAt(text: string, from: number): number {
  const isNegative = text.charCodeAt(from) === MINUS;
  let value = 0;
  for (let at = isNegative ? from + 1 : from; ; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  return isNegative ? -value : value;
}

/** The integer after the last `,"<key>":`. */
export function lastInteger(text: string, key: string): number {
  const mark = `,"${key}":`;
  return integerAt(text, text.lastIndexOf(mark) + mark.length);
}

const C_T = '{"C_t":';

/** The chain value at the start of a P-block. */
export function chainValue(block: string): number {
  return integerAt(block, C_T.length);
}

/** The flux of an edge in a P-block; null if the graph of the tick has no such edge. */
export function fluxOf(block: string, edge: number): number | null {
  const mark = `{"e_id":${String(edge)},"f_e":`;
  const at = block.indexOf(mark);
  return at === -1 ? null : integerAt(block, at + mark.length);
}

const FLUX = ',"f_e":';

/** The sum of |f_e| of a P-block. */
export function sumAbsFlux(block: string): Value {
  let sum = 0;
  for (let at = block.indexOf(FLUX); at !== -1; at = block.indexOf(FLUX, at + FLUX.length)) {
    sum += Math.abs(integerAt(block, at + FLUX.length));
  }
  return sum <= MAX_INT ? sum : bigSumAbsFlux(block);
}

/** Like `sumAbsFlux`, for values that doubles may round. */
function bigSumAbsFlux(block: string): Value {
  let sum = 0n;
  for (const [, digits] of block.matchAll(/,"f_e":-?([0-9]+)/g)) sum += BigInt(digits!);
  return sum <= BigInt(MAX_INT) ? Number(sum) : sum.toString();
}

const POST_U = ',"post_u":[';

/** State of a node after the tick; null if the graph of the tick has no such node. */
export function stateOf(ledger: string, node: number): number | null {
  let at = ledger.lastIndexOf(POST_U) + POST_U.length;
  const end = ledger.indexOf(']', at);
  for (let n = 1; n < node; n++) {
    at = ledger.indexOf(',', at) + 1;
    if (at === 0 || at > end) return null;
  }
  return integerAt(ledger, at);
}

/** Calls back for the state of every node after the tick. */
export function eachState(ledger: string, use: (value: number) => void): void {
  let at = ledger.lastIndexOf(POST_U) + POST_U.length;
  const end = ledger.indexOf(']', at);
  while (at < end) {
    use(integerAt(ledger, at));
    const comma = ledger.indexOf(',', at);
    at = comma === -1 ? end : comma + 1;
  }
}
