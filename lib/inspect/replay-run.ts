import { sha256 } from '../base/digest.js';
import type { Json } from '../base/canonical-json.js';
import type { RunObservables } from '../base/observables.js';
import { jsonDifferences, type JsonDifference } from '../base/json-difference.js';
import type { RunId } from '../base/run-id.js';
import type { RunInputs } from '../engine/inputs.js';
import type { ULedgerEntry } from '../engine/uledger/records.js';
import { ARTEFACT_KINDS, isJsonKind, type ArtefactKind } from '../session/records.js';
import { ENGINE_VERSION } from '../session/input-key.js';
import type { ArtefactEntry, RunRecord } from '../store/record-types.js';
import { causalRank } from './diff/causal-order.js';
import { wrongObservables, type WrongObservable } from './verify/wrong-observables.js';
import { derivedSource } from './artefacts/derived-source.js';
import { diffRuns, type Divergence } from './diff/diff-runs.js';
import { found, notFound, type Lookup } from './find/lookup.js';
import { ArtefactTally, rerun } from './artefacts/rerun.js';
import { RunArtefacts } from './artefacts/run-artefacts.js';
import { RunView } from './run-view.js';

/** One tick computed again, compared with its stored records. */
export interface TickReplay {
  readonly tick: number;
  /** The tick whose stored state the replay started from; 0 for the initial state. */
  readonly from: number;
  readonly ok: boolean;
  /** Every field that differs; `a` is stored, `b` computed. */
  readonly differences: readonly (JsonDifference & { readonly artefact: string })[];
}

/** A whole run computed again. */
export interface RunReplay {
  readonly run: RunId;
  readonly ok: boolean;
  readonly ticks: number;
  /** Kinds that are identical byte for byte. */
  readonly equal: readonly ArtefactKind[];
  /** The first difference; `a` is stored, `b` computed. Null if there is none. */
  readonly first: Divergence | null;
  /** Observables of the record that differ. */
  readonly observables: readonly WrongObservable[];
  readonly engine: { readonly recorded: string; readonly here: string };
}

/**
 * Computes one tick from the nearest stored state before it and compares ledger, P-block and their hashes.
 */
export async function replayTick(run: RunView, tick: number): Promise<Lookup<TickReplay>> {
  const { ticks_completed } = run.record;
  if (!Number.isInteger(tick) || tick < 1 || tick > ticks_completed) {
    return notFound(
      `tick ${String(tick)}`,
      ticks_completed === 0 ? [] : [`tick ${String(tick < 1 ? 1 : ticks_completed)}`],
    );
  }
  const { artefacts } = run;
  const start = await artefacts.stateBefore(tick);
  const derived = await (await artefacts.replayed()).unchecked(tick);
  const differences: (JsonDifference & { artefact: string })[] = [];
  const compare = (artefact: string, a: Json, b: Json): void => {
    for (const difference of jsonDifferences(a, b, causalRank)) differences.push({ artefact, ...difference });
  };
  for (const [kind, text] of [
    ['umx_ledger', derived.umx_ledger],
    ['loom_p_blocks', derived.loom_p_block],
  ] as const) {
    if (artefacts.entry(kind)?.stored !== true) continue;
    compare(kind, (await artefacts.first(kind, tick)) ?? null, JSON.parse(text) as Json);
  }
  const entry = (await artefacts.first('u_ledger', tick)) as ULedgerEntry | undefined;
  if (entry !== undefined) {
    const { umx_ledger_hash, loom_block_hash, C_t } = entry;
    const here = {
      umx_ledger_hash: sha256(derived.umx_ledger),
      loom_block_hash: sha256(derived.loom_p_block),
    };
    compare('u_ledger', { umx_ledger_hash, loom_block_hash, C_t }, { ...here, C_t: derived.C_t });
  }
  return found({ tick, from: start?.tick ?? 0, ok: differences.length === 0, differences });
}

/**
 * Computes the whole run from its stored inputs and compares every artefact except the log, and the
 * observables.
 */
export async function replayRun(run: RunView): Promise<RunReplay> {
  const inputs = await run.inputs();
  const { record } = run;
  const { entries: fresh, observables: computed } = await computedAgain(inputs, record);
  const equal = fresh.filter(({ kind, digest }) => run.artefacts.entry(kind)?.digest === digest);
  const kinds = equal.map(({ kind }) => kind as ArtefactKind);
  const engine = { recorded: record.engine.version, here: ENGINE_VERSION };
  const recordedFacts = record.observables;
  const observables =
    recordedFacts === undefined || computed === null ? [] : wrongObservables(recordedFacts, computed);
  const about = { run: record.id, ticks: record.ticks_completed, equal: kinds, observables, engine };
  const recorded = record.artefacts.filter(({ kind }) => !NOT_COMPUTED.includes(kind));
  if (equal.length === fresh.length && equal.length === recorded.length)
    return { ...about, ok: observables.length === 0, first: null };
  const again = { ...record, artefacts: fresh };
  const source = (entry: ArtefactEntry): ReturnType<typeof derivedSource> =>
    derivedSource(inputs, record, entry);
  const diff = await diffRuns(run, new RunView(new RunArtefacts(run.artefacts.store, again, source)));
  return { ...about, ok: diff.equal && observables.length === 0, first: diff.first };
}

/** Artefacts that cannot be computed: timestamps, and states stored for replay. */
const NOT_COMPUTED: readonly string[] = ['log', 'state_checkpoints'];

interface Computed {
  /** Digest, size and record count of every computed artefact. */
  readonly entries: readonly ArtefactEntry[];
  readonly observables: RunObservables | null;
}

async function computedAgain(inputs: RunInputs, record: RunRecord): Promise<Computed> {
  let observables: RunObservables | null = null;
  const ended = (seen: RunObservables | null): void => void (observables = seen);
  const tallies = new Map<ArtefactKind, ArtefactTally>();
  const announce = (kind: ArtefactKind): void => void tallies.set(kind, new ArtefactTally());
  for await (const chunk of rerun(inputs, record, { wanted: () => true, announce, ended })) {
    tallies.get(chunk.kind)!.add(chunk);
  }
  const entries = ARTEFACT_KINDS.filter((kind) => tallies.has(kind)).map((kind) => ({
    kind,
    media_type: isJsonKind(kind) ? ('application/json' as const) : ('application/x-ndjson' as const),
    ...tallies.get(kind)!.finish(),
    chunks: [],
    stored: true,
  }));
  return { entries, observables };
}
