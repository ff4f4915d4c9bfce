import { AetherError } from '../../base/errors.js';
import { jsonDifferences } from '../../base/json-difference.js';
import type { ArtefactKind } from '../../session/records.js';
import type { ArtefactEntry } from '../../store/record-types.js';
import type { CausalOrder } from './causal-order.js';
import { causalRank } from './causal-order.js';
import { VOUCHED, vouchedDifferences, type VouchedKind, type VouchedTicks } from './compact-difference.js';
import { lackingArtefact, untoldDivergence, type Divergence } from './divergence.js';
import { firstDifference, type RecordDifference } from './first-difference.js';
import { firstOf } from './input-differences.js';
import type { StoredRecord } from '../artefacts/record-chunk.js';
import type { RunArtefacts } from '../artefacts/run-artefacts.js';

/** A record difference whose position in the artefact may be unknown. */
type Found = Omit<RecordDifference, 'position'> & { readonly position: number | null };

interface Candidate {
  readonly settled: number;
  readonly divergence: Divergence;
}

/** One of the two runs. */
export interface Side {
  readonly artefacts: RunArtefacts;
  readonly order: CausalOrder;
}

/** Maximum of listed differences of one record. */
const LISTED = 100;

/** Finds the earliest divergence; of several at one tick, the first in causal order. */
export class DivergenceSearch {
  readonly #a: Side;
  readonly #b: Side;
  #best: Candidate | undefined;
  #vouched: Promise<VouchedTicks> | undefined;

  constructor(a: Side, b: Side) {
    this.#a = a;
    this.#b = b;
  }

  /** @throws AetherError RUN_ARTEFACT_CORRUPT when digests differ and bytes do not */
  async among(kinds: readonly ArtefactKind[]): Promise<Divergence> {
    const isCheap = (kind: ArtefactKind): boolean => this.#isStored(kind) || kind in VOUCHED;
    for (const kind of kinds.filter(isCheap)) await this.#consider(kind);
    // Deriving an artefact computes the run again, which is not worth the cost once the tick is known.
    if (this.#best === undefined || this.#best.settled === Infinity) {
      for (const kind of kinds) if (!isCheap(kind)) await this.#consider(kind);
    }
    if (this.#best !== undefined) return this.#best.divergence;
    const [x, y] = [this.#a.artefacts.record.id, this.#b.artefacts.record.id];
    throw new AetherError(
      'RUN_ARTEFACT_CORRUPT',
      `the recorded digests of ${kinds.join(', ')} differ between ${x} and ${y}, but their bytes are equal`,
    );
  }

  #isStored(kind: ArtefactKind): boolean {
    const [x, y] = this.#entries(kind);
    return (x?.stored ?? true) && (y?.stored ?? true);
  }

  #entries(kind: ArtefactKind): readonly [ArtefactEntry | undefined, ArtefactEntry | undefined] {
    return [this.#a.artefacts.entry(kind), this.#b.artefacts.entry(kind)];
  }

  async #consider(kind: ArtefactKind): Promise<void> {
    const candidate = await this.#candidate(kind);
    if (candidate === undefined) return;
    if (this.#best === undefined || candidate.settled < this.#best.settled) this.#best = candidate;
  }

  async #candidate(kind: ArtefactKind): Promise<Candidate | undefined> {
    const [x, y] = this.#entries(kind);
    if (x === undefined || y === undefined) {
      return { settled: Infinity, divergence: lackingArtefact(kind, x !== undefined) };
    }
    try {
      return await this.#located(kind, x, y);
    } catch (error) {
      if (!(error instanceof AetherError) || error.code !== 'STORE_BLOB_MISSING') throw error;
      return untold(kind, [x, y], this.#a.order);
    }
  }

  async #located(kind: ArtefactKind, x: ArtefactEntry, y: ArtefactEntry): Promise<Candidate | undefined> {
    if (!this.#isStored(kind) && kind in VOUCHED) {
      const found = await this.#byHash(kind as VouchedKind);
      if (found !== 'unknown') return found;
    }
    const [readerA, readerB] = [await this.#a.artefacts.reader(x), await this.#b.artefacts.reader(y)];
    const difference = await firstDifference(readerA, readerB, this.#best?.settled);
    return difference === undefined ? undefined : this.#judge(kind, difference);
  }

  /** By the hashes in the U-ledgers; `unknown` if they do not determine it. */
  async #byHash(kind: VouchedKind): Promise<Candidate | undefined | 'unknown'> {
    const [x, y] = this.#entries('u_ledger');
    if (x?.stored !== true || y?.stored !== true) return 'unknown';
    this.#vouched ??= Promise.all([this.#a.artefacts.reader(x), this.#b.artefacts.reader(y)]).then(([p, q]) =>
      vouchedDifferences(p, q),
    );
    const vouched = await this.#vouched;
    const tick = vouched[kind];
    if (tick === undefined) return Object.keys(vouched).length > 0 ? undefined : 'unknown';
    const linesA = await linesAt(this.#a.artefacts, kind, tick);
    const linesB = await linesAt(this.#b.artefacts, kind, tick);
    const n = linesA.findIndex((line, index) => line !== linesB[index]);
    const position = kind === 'nap_envelopes' ? null : tick - 1;
    return this.#judge(kind, { position, a: linesA[Math.max(n, 0)], b: linesB[Math.max(n, 0)] });
  }

  #judge(kind: ArtefactKind, { position, a, b }: Found): Candidate {
    const x = a === undefined ? undefined : (JSON.parse(a) as StoredRecord);
    const y = b === undefined ? undefined : (JSON.parse(b) as StoredRecord);
    const places = [
      ...(x === undefined ? [] : [placeOf(this.#a.order, kind, x)]),
      ...(y === undefined ? [] : [placeOf(this.#b.order, kind, y)]),
    ];
    const settled = Math.min(...places.map((place) => place.settled));
    const tick = Math.min(...places.map((place) => place.tick ?? Infinity));
    const { list: fields, more: more_fields } = firstOf(jsonDifferences(x, y, causalRank), LISTED);
    const { pointer, a: left, b: right } = fields[0] ?? { pointer: '', a: undefined, b: undefined };
    const at = { tick: tick === Infinity ? null : tick, tick_to: null, artefact: kind, record: position };
    const divergence = { ...at, pointer, a: left, b: right, fields, more_fields, a_record: x, b_record: y };
    return { settled, divergence };
  }
}

function placeOf(
  order: CausalOrder,
  kind: ArtefactKind,
  record: StoredRecord,
): { readonly settled: number; readonly tick: number | null } {
  return { settled: order.settledAt(kind, record), tick: order.tickOf(kind, record) };
}

/** From chunk digests alone: the divergence may be as early as the start of the chunk. */
function untold(
  kind: ArtefactKind,
  [x, y]: readonly [ArtefactEntry, ArtefactEntry],
  order: CausalOrder,
): Candidate {
  let n = 0;
  while (n < x.chunks.length && x.chunks[n]!.digest === y.chunks[n]?.digest) n++;
  const [p, q] = [x.chunks[n], y.chunks[n]];
  if (p === undefined || q === undefined || p.last_tick === 0) {
    return { settled: Infinity, divergence: untoldDivergence(kind, null) };
  }
  const ticks = { from: Math.min(p.first_tick, q.first_tick), to: Math.min(p.last_tick, q.last_tick) };
  const settled = kind.startsWith('apx_') ? ticks.from : order.settledAt(kind, { tick: ticks.from });
  return { settled, divergence: untoldDivergence(kind, ticks) };
}

async function linesAt(run: RunArtefacts, kind: ArtefactKind, tick: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of run.lines(kind, tick, tick)) lines.push(line);
  return lines;
}
