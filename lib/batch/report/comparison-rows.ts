import { inputLines, shortJson } from '../../golden/index.js';
import type { BatchDiff, RunChange } from '../../inspect/batch-diff/index.js';
import { countText, durationText, plural } from '../../base/quantity.js';

/** A change of one run as text, for every form of a comparison. */
export interface ComparisonRow {
  readonly name: string;
  /** `changed`, `added`, `gone`, `slower`, `faster` or `same result`; the most important one. */
  readonly change: string;
  /** The first difference of the results, or the change of the end; empty if there is none. */
  readonly difference: string;
  /** The changed inputs, one fact per line. */
  readonly causes: readonly string[];
  /** Times before and after; empty if they are not compared. */
  readonly time: string;
}

/** Fields shown of each document; the JSON has up to 100. */
const INPUTS_SHOWN = 5;

const ORDER = ['changed', 'gone', 'added', 'slower', 'faster', 'same result'] as const;

/** The changes of a comparison, the most important kind first, by name within it. */
export function comparisonRows({ runs }: BatchDiff): readonly ComparisonRow[] {
  const rows = runs.map(comparisonRow);
  return ORDER.flatMap((kind) => rows.filter(({ change }) => change === kind));
}

function comparisonRow(run: RunChange): ComparisonRow {
  return {
    name: run.name,
    change: run.change === 'same' ? (run.speed ?? 'same result') : run.change,
    difference: [...endText(run), ...firstText(run)].join('; '),
    causes: causeTexts(run.cause, run.what.includes('result')),
    time: timeText(run),
  };
}

function endText({ what, a, b }: RunChange): string[] {
  if (!what.includes('end') || a === null || b === null) return [];
  const word = ({ state, failure }: typeof a): string =>
    `${state.replace('_', ' ')}${failure === null ? '' : ` (${failure})`}`;
  return [`${word(a)} -> ${word(b)}`];
}

function firstText({ first, unknown }: RunChange): string[] {
  if (unknown !== null) return [`the first difference is not known: ${unknown}`];
  if (first === null) return [];
  return [firstDifferenceText(first)];
}

/** Tick, artefact and pointer, in one line. */
export function firstDifferenceText(first: NonNullable<RunChange['first']>): string {
  const { tick, tick_to, artefact, pointer, a, b } = first;
  const until = tick_to === null ? '' : ` to ${countText(tick_to)}`;
  const when = tick === null ? 'whole run' : `tick ${countText(tick)}${until}`;
  return `${when}, ${artefact}${pointer === '' ? '' : ` ${pointer}`}: ${shortJson(a)} -> ${shortJson(b)}`;
}

/** The changed inputs, one fact per line; states that nothing changed if the result differs anyway. */
export function causeTexts(cause: RunChange['cause'], isOtherResult: boolean): readonly string[] {
  if (cause === null) return [];
  const { engine, documents, inputs } = cause;
  const versions = engine === null ? [] : [`engine version: ${engine.a} -> ${engine.b}`];
  const unnamed = inputs.length === 0 && documents.length > 0 ? [`documents: ${documents.join(', ')}`] : [];
  const lines = [...versions, ...inputLines(cause, INPUTS_SHOWN), ...unnamed];
  if (lines.length > 0 || !isOtherResult) return lines;
  return ['the same inputs and engine version: the behaviour changed'];
}

function timeText({ speed, a, b }: RunChange): string {
  const [before, after] = [a?.measured_ms ?? null, b?.measured_ms ?? null];
  return speed === null || before === null || after === null
    ? ''
    : `${durationText(before)} -> ${durationText(after)}`;
}

/** One line of counts; includes the threshold for times if times differ. */
export function comparisonHeadline({ counts, threshold }: BatchDiff): string {
  const { same, same_with_other_inputs: other } = counts;
  const changes = (['changed', 'gone', 'added'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${countText(counts[kind])} ${kind}`);
  const sameText = `${plural(same, 'run')} the same${other > 0 ? ` (${countText(other)} with other inputs)` : ''}`;
  const times = (['slower', 'faster'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${countText(counts[kind])} ${kind}`);
  const limit = ` (by ${String(threshold.percent - 100)} % and ${durationText(threshold.least_ms)} at least)`;
  return [...changes, sameText].join(', ') + (times.length === 0 ? '' : `; ${times.join(', ')}${limit}`);
}

/** Changes of the engine version, one per line. */
export function engineLines({ engines }: BatchDiff): readonly string[] {
  return engines.map(({ a, b, runs }) => `engine version ${a} -> ${b} in ${plural(runs, 'run')}`);
}
