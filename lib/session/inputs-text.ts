import { canonicalJson, type Json } from '../base/canonical-json.js';
import type { RunConfig, RunInputs } from '../engine/inputs.js';

/** Maximum length of a cached text, in UTF-16 units. */
const LONGEST = 1 << 16;

const texts = new WeakMap<object, string>();

/**
 * The resolved documents of a run as canonical JSON. Documents common to the runs of a sweep are serialised
 * once.
 */
export function inputsText({ run, ...documents }: RunInputs): string {
  return membersText({ ...members(documents), run: runText(run) });
}

function runText({ initial_state, ...rest }: RunConfig): string {
  return membersText({ ...members(rest), initial_state: canonicalJson(initial_state) });
}

function members(record: object): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, member] of Object.entries(record))
    if (member !== undefined) found[name] = memberText(member as Json);
  return found;
}

function memberText(member: Json): string {
  if (typeof member !== 'object' || member === null) return canonicalJson(member);
  const known = texts.get(member);
  if (known !== undefined) return known;
  const text = canonicalJson(member);
  if (text.length <= LONGEST) texts.set(member, text);
  return text;
}

function membersText(texts: Readonly<Record<string, string>>): string {
  const names = Object.keys(texts).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${texts[name]!}`).join(',')}}`;
}
