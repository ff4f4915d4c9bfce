import { canonicalJson, type Json } from '../../base/canonical-json.js';
import type { RunInputs } from '../../engine/inputs.js';
import { ENGINE_VERSION } from '../../session/input-key.js';
import type { Contradiction, RunEvidence } from '../../store/evidence.js';
import type { ArtefactEntry, RunRecord } from '../../store/record-types.js';
import { parsedInputs, wrongInputDigests } from './input-contradiction.js';
import { observablesEvidence } from './observables-evidence.js';
import { wrongObservables } from './wrong-observables.js';

/**
 * Every field of a run record that the artefacts of the run contradict: the claims of a record that was
 * changed and sealed again. Only runs of this engine are judged, and only by readable bytes. A run that
 * `failed` kept partial artefacts, so its counts prove nothing.
 */
export async function recordContradictions(
  run: RunRecord,
  evidence: RunEvidence,
): Promise<readonly Contradiction[]> {
  if (run.engine.version !== ENGINE_VERSION) return [];
  return [
    ...(await inputContradictions(run, evidence)),
    ...(await metricsContradictions(run, evidence)),
    ...(run.state === 'failed' ? [] : await tickContradictions(run, evidence)),
    ...(run.state === 'failed' ? [] : await observablesContradictions(run, evidence)),
  ];
}

async function inputContradictions(run: RunRecord, evidence: RunEvidence): Promise<Contradiction[]> {
  const bytes = await bytesOf(run, 'inputs', evidence);
  if (bytes === undefined) return [];
  const inputs = parsedInputs(bytes);
  if (inputs === undefined) return [{ field: 'inputs', message: 'differs from the inputs artefact' }];
  const wrong: Contradiction[] = wrongInputDigests(run, inputs).map(({ field, expected, found }) => {
    return { field, message: given(found, 'inputs', expected) };
  });
  const { ticks, gid, run_id } = inputs.run;
  for (const [field, expected] of Object.entries({ ticks_total: ticks, gid, run_id })) {
    const found = run[field as 'ticks_total' | 'gid' | 'run_id'];
    if (found !== expected) wrong.push({ field, message: given(found, 'inputs', expected) });
  }
  return [...wrong, ...cellContradictions(run, inputs)];
}

/**
 * The values of a cell that the inputs contain as written in the manifest: single values of RunConfig and
 * profile.
 */
function cellContradictions({ cell }: RunRecord, inputs: RunInputs): Contradiction[] {
  return Object.entries(cell).flatMap(([key, found]) => {
    const expected = inputValue(key, inputs);
    if (typeof found === 'object' || typeof expected !== typeof found || expected === found) return [];
    return [{ field: `cell/${key}`, message: given(found, 'inputs', expected as Json) }];
  });
}

/** Keys of a sweep that set one value of the RunConfig, or of the profile. */
const CELL_KEY = /^(?:run\.|(profile)\.)?(\w+)(?:\[(\d+)\])?$/;

function inputValue(key: string, { run, profile }: RunInputs): unknown {
  const [, root, field = '', index] = CELL_KEY.exec(key) ?? [];
  if (index !== undefined) {
    const isNode = root === undefined && field === 'initial_state';
    return isNode ? run.initial_state[Number(index)] : undefined;
  }
  const document = (root === undefined ? run : profile) as unknown as Readonly<Record<string, unknown>>;
  return Object.hasOwn(document, field) ? document[field] : undefined;
}

async function metricsContradictions(run: RunRecord, evidence: RunEvidence): Promise<Contradiction[]> {
  const entry = entryOf(run, 'metrics');
  if (entry === undefined || entry.records === 0) {
    return run.metrics === null ? [] : [{ field: 'metrics', message: 'is present, and the run has none' }];
  }
  const bytes = await evidence.whole(entry);
  if (bytes === undefined) return [];
  const text = Buffer.from(bytes).toString('utf8').trimEnd();
  return isText(run.metrics, text)
    ? []
    : [{ field: 'metrics', message: 'differs from the metrics artefact' }];
}

async function observablesContradictions(run: RunRecord, evidence: RunEvidence): Promise<Contradiction[]> {
  if (run.observables === undefined || run.ticks_completed === 0) return [];
  const bytes = await bytesOf(run, 'inputs', evidence);
  const inputs = bytes === undefined ? undefined : parsedInputs(bytes);
  if (inputs === undefined) return [];
  const known = await observablesEvidence(run, evidence, inputs);
  return wrongObservables(run.observables, known).map(({ field, expected, found }) => ({
    field,
    message: `is ${JSON.stringify(found)}, the artefacts give ${JSON.stringify(expected)}`,
  }));
}

/** Every completed tick has one record in umx_ledger, and in a completed run one in u_ledger. */
async function tickContradictions(run: RunRecord, evidence: RunEvidence): Promise<Contradiction[]> {
  const field = 'ticks_completed';
  const found = run.ticks_completed;
  const wrong: Contradiction[] = [];
  if (run.state === 'completed' && found !== run.ticks_total) {
    wrong.push({
      field,
      message: `is ${String(found)} in a completed run of ${String(run.ticks_total)} ticks`,
    });
  }
  for (const kind of ['umx_ledger', 'u_ledger']) {
    const last = await lastTick(entryOf(run, kind), evidence);
    if (last === undefined) continue;
    const isExact = kind === 'umx_ledger' || run.state === 'completed';
    if (isExact ? last !== found : last > found) wrong.push({ field, message: given(found, kind, last) });
  }
  return wrong;
}

/** For an artefact without bytes, its record count; undefined if it is missing or cannot be read. */
async function lastTick(
  entry: ArtefactEntry | undefined,
  evidence: RunEvidence,
): Promise<number | undefined> {
  if (entry === undefined) return undefined;
  if (!entry.stored || entry.size === 0) return entry.records;
  const bytes = await evidence.last(entry);
  if (bytes === undefined) return undefined;
  const line = Buffer.from(bytes).toString('utf8').trimEnd().split('\n').at(-1)!;
  try {
    const { tick } = JSON.parse(line) as { readonly tick?: unknown };
    return typeof tick === 'number' ? tick : undefined;
  } catch {
    return undefined;
  }
}

async function bytesOf(run: RunRecord, kind: string, evidence: RunEvidence): Promise<Uint8Array | undefined> {
  const entry = entryOf(run, kind);
  return entry === undefined ? undefined : evidence.whole(entry);
}

function entryOf({ artefacts }: RunRecord, kind: string): ArtefactEntry | undefined {
  return artefacts.find((entry) => entry.kind === kind);
}

/** A forged record may contain numbers that no artefact can. */
function isText(value: Json, text: string): boolean {
  try {
    return canonicalJson(value) === text;
  } catch {
    return false;
  }
}

function given(found: Json, artefact: string, expected: Json): string {
  return `is ${JSON.stringify(found)}, the ${artefact} artefact gives ${JSON.stringify(expected)}`;
}
