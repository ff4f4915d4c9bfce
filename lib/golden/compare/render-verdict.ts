import { createTwoFilesPatch } from 'diff';
import type { Json } from '../../base/canonical-json.js';
import type { GoldenVerdict } from './check-golden.js';
import type { Cause, GoldenDifference } from './golden-difference.js';
import { inputLines } from './input-lines.js';
import { isLong, MOST_SHOWN_VALUES } from './long-record.js';
import { prettyJson } from '../tree/pretty-json.js';
import { shortJson } from './short-json.js';

/** Maximum lines of a unified diff; a record may have thousands of edges. */
const DIFF_LINES = 60;
/** Maximum of added or removed lines for which a diff is computed: its cost grows quadratically. */
const MOST_EDITS = 5000;

/** Differences shown of each input document. */
const INPUTS_SHOWN = 5;

const CAUSE: Readonly<Record<Cause, string>> = {
  inputs: 'changed inputs',
  engine: 'another engine version, the inputs are the same',
  behaviour: 'CHANGED BEHAVIOUR: the same inputs and engine version give another result',
};

/** The differences, as text with one fact per line. Empty for a run that agrees. */
export function describeVerdict(verdict: GoldenVerdict): readonly string[] {
  switch (verdict.verdict) {
    case 'agrees':
      return [];
    case 'missing':
      return [verdict.renamed?.message ?? 'there is no golden'];
    case 'damaged':
      return [verdict.message];
    case 'changed':
      return [
        `cause: ${CAUSE[verdict.cause]}`,
        ...changedInputs(verdict.difference),
        ...verdict.ending.map(({ field, a, b }) => `${field}: golden ${a}, found ${b}`),
        ...firstLines(verdict.difference),
        ...countLines(verdict.difference),
      ];
  }
}

function changedInputs(difference: GoldenDifference): readonly string[] {
  const { inputs, documents, engine } = difference;
  const shown = inputLines(difference, INPUTS_SHOWN).map((line) => `  ${line}`);
  const unnamed = inputs.length === 0 && documents.length > 0 ? [`  ${documents.join(', ')} changed`] : [];
  const versions = engine === null ? [] : [`  engine ${engine.a} -> ${engine.b}`];
  return [...shown, ...unnamed, ...versions];
}

function firstLines({ first }: GoldenDifference): readonly string[] {
  if (first === null) return [];
  const until = first.tick_to === null ? '' : ` to ${String(first.tick_to)}`;
  const when = first.tick === null ? 'whole run' : `tick ${String(first.tick)}${until}`;
  if (first.tick_to !== null || (first.a === undefined && first.b === undefined)) {
    return [
      `first difference: ${when}, ${first.artefact}; the golden does not contain the bytes needed to locate it`,
    ];
  }
  const pointer = first.pointer === '' ? '' : `, ${first.pointer}`;
  return [
    `first difference: ${when}, ${first.artefact}${pointer}`,
    `  expected ${shortJson(first.a)}`,
    `  found    ${shortJson(first.b)}`,
  ];
}

function countLines({ artefacts }: GoldenDifference): readonly string[] {
  if (artefacts.length === 0) return [];
  const counts = artefacts.map(({ artefact, records }) => {
    return records === null ? artefact : `${artefact} ${records.exact ? '' : '>='}${String(records.count)}`;
  });
  return [`differing records: ${counts.join(', ')}`];
}

/** The first differing record as a unified diff, or '' if there is none to show. */
export function recordDiff(
  { first }: Pick<GoldenDifference, 'first'>,
  sides = { a: 'golden', b: 'found' },
): string {
  if (first === null || (first.a_record === undefined && first.b_record === undefined)) return '';
  if (isLong(first.a_record) || isLong(first.b_record))
    return `(a record of more than ${String(MOST_SHOWN_VALUES)} values is not shown)\n`;
  const text = (record: Json | undefined): string => (record === undefined ? '' : brokenUp(record));
  const label = first.tick === null ? first.artefact : `${first.artefact} tick ${String(first.tick)}`;
  const patch = createTwoFilesPatch(
    sides.a,
    sides.b,
    text(first.a_record),
    text(first.b_record),
    label,
    label,
    { context: 2, maxEditLength: MOST_EDITS },
  );
  if (patch === undefined) return `(the records differ in more than ${String(MOST_EDITS)} lines)\n`;
  const lines = patch
    .split('\n')
    .slice(1)
    .filter((line) => !line.startsWith('\\ No newline'));
  return lines.length > DIFF_LINES
    ? `${lines.slice(0, DIFF_LINES).join('\n')}\n(${String(lines.length - DIFF_LINES)} more lines)\n`
    : lines.join('\n');
}

/** A record with one member per line. */
function brokenUp(record: Json): string {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return prettyJson(record);
  const members = Object.entries(record).map(([key, member]) => {
    return `  ${JSON.stringify(key)}: ${prettyJson(member as Json)
      .trimEnd()
      .replaceAll('\n', '\n  ')}`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}
