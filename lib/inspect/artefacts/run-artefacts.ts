import type { Json } from '../../base/canonical-json.js';
import { AetherError } from '../../base/errors.js';
import type { RunInputs } from '../../engine/inputs.js';
import type { ULedgerEntry } from '../../engine/uledger/records.js';
import type { ArtefactKind } from '../../session/records.js';
import type { ReplayStart } from '../../session/replay.js';
import type { ArtefactReader } from '../../store/port.js';
import type { ArtefactEntry, RunRecord } from '../../store/record-types.js';
import { RecordReader, storedSource, type ArtefactSource } from './artefact-source.js';
import { derivedSource } from './derived-source.js';
import { derivedTick, isTickKind, type TickTexts } from './derived-tick.js';
import { ReplayedTicks } from './replayed-ticks.js';

/** Per-tick kinds that are derived from the nearest checkpoint of a compact run instead of from tick 1. */
const REPLAYED = ['umx_ledger', 'loom_p_blocks'] as const;
/** Number of lines of a compact run that are yielded together. */
const REPLAYED_BATCH = 256;
type ReplayedKind = (typeof REPLAYED)[number];

/** Opens the artefacts of one run, each once, whether they are stored or derived. */
export class RunArtefacts {
  readonly store: ArtefactReader;
  readonly record: RunRecord;
  readonly #readers = new Map<string, Promise<RecordReader>>();
  readonly #open: (entry: ArtefactEntry) => Promise<ArtefactSource>;
  #inputs: Promise<RunInputs> | undefined;
  #replayed: Promise<ReplayedTicks> | undefined;
  readonly #derives: boolean;
  #tick: { readonly tick: number; readonly texts: Promise<TickTexts> } | undefined;

  /**
   * `open` replaces the default, which reads the bytes of the store, or derives them if they are not stored.
   */
  constructor(
    store: ArtefactReader,
    record: RunRecord,
    open?: (entry: ArtefactEntry) => Promise<ArtefactSource>,
  ) {
    this.store = store;
    this.record = record;
    this.#derives = open === undefined;
    this.#open = open ?? ((entry) => this.#source(entry));
  }

  entry(kind: string): ArtefactEntry | undefined {
    return this.record.artefacts.find((artefact) => artefact.kind === kind);
  }

  /** @throws AetherError RUN_WITHOUT_INPUTS for a run that failed before it recorded any */
  inputs(): Promise<RunInputs> {
    this.#inputs ??= this.#readInputs();
    return this.#inputs;
  }

  /** The records of the artefact; the entry must exist. */
  reader(entry: ArtefactEntry): Promise<RecordReader> {
    let reader = this.#readers.get(entry.kind);
    if (reader === undefined) {
      reader = this.#open(entry).then((source) => new RecordReader(source));
      this.#readers.set(entry.kind, reader);
    }
    return reader;
  }

  /** Records of a kind with from <= tick <= to, as text; none if the run has no such artefact. */
  async *lines(kind: ArtefactKind, from: number, to: number): AsyncGenerator<string> {
    const entry = this.entry(kind);
    if (entry === undefined) return;
    if (!entry.stored && isReplayed(kind) && this.#isCommitted) yield* this.#replayedLines(kind, from, to);
    else if (isTickKind(kind) && from === to && this.#isDerivedAlone(entry, from))
      yield* (await this.#derivedTick(from))[kind];
    else yield* (await this.reader(entry)).lines(from, to);
  }

  /**
   * Like `lines`, in batches, with every byte as one character: for searching numbers and keys in millions of
   * records.
   */
  async *lineBatches(kind: ArtefactKind, from: number, to: number): AsyncGenerator<readonly string[]> {
    const entry = this.entry(kind);
    if (entry === undefined) return;
    if (entry.stored || !isReplayed(kind) || !this.#isCommitted) {
      yield* (await this.reader(entry)).lineBatches(from, to);
      return;
    }
    let batch: string[] = [];
    for await (const line of this.#replayedLines(kind, from, to)) {
      if (batch.push(line) < REPLAYED_BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  /** The first record of a kind at a tick, parsed. */
  async first(kind: ArtefactKind, tick: number): Promise<Json | undefined> {
    for await (const line of this.lines(kind, tick, tick)) return JSON.parse(line) as Json;
    return undefined;
  }

  replayed(): Promise<ReplayedTicks> {
    this.#replayed ??= this.inputs().then(
      (inputs) =>
        new ReplayedTicks({
          inputs,
          stateBefore: (tick) => this.stateBefore(tick),
          entry: async (tick) => (await this.first('u_ledger', tick)) as ULedgerEntry | undefined,
        }),
    );
    return this.#replayed;
  }

  /** The nearest stored I-block or checkpoint strictly before a tick. */
  async stateBefore(tick: number): Promise<ReplayStart | null> {
    for (const kind of ['loom_i_blocks', 'state_checkpoints']) {
      const entry = this.entry(kind);
      if (entry === undefined || !entry.stored) continue;
      const line = await (await this.reader(entry)).lastBefore(tick);
      if (line !== undefined) return JSON.parse(line) as ReplayStart;
    }
    return null;
  }

  /**
   * True if the U-ledger covers the records, which are then replayed tick by tick; all other artefacts must
   * match their digest as a whole.
   */
  get #isCommitted(): boolean {
    return (this.entry('u_ledger')?.records ?? 0) >= this.record.ticks_completed;
  }

  /** A single tick is derived separately; a second request opens the artefact, which answers all of them. */
  #isDerivedAlone({ kind, stored }: ArtefactEntry, tick: number): boolean {
    if (stored || !this.#derives || this.#readers.has(kind)) return false;
    return this.#tick === undefined || this.#tick.tick === tick;
  }

  async #derivedTick(tick: number): Promise<TickTexts> {
    this.#tick ??= { tick, texts: this.#deriveTick(tick) };
    return this.#tick.texts;
  }

  async #deriveTick(tick: number): Promise<TickTexts> {
    const [inputs, entries] = [await this.inputs(), this.lines('u_ledger', tick, tick)];
    const entry = await entries.next();
    return derivedTick({
      inputs,
      record: this.record,
      tick,
      entry: entry.done === true ? undefined : entry.value,
    });
  }

  async *#replayedLines(kind: ReplayedKind, from: number, to: number): AsyncGenerator<string> {
    const ticks = await this.replayed();
    for (let tick = Math.max(from, 1); tick <= Math.min(to, this.record.ticks_completed); tick++) {
      const derived = await ticks.tick(tick);
      yield kind === 'umx_ledger' ? derived.umx_ledger : derived.loom_p_block;
    }
  }

  async #source(entry: ArtefactEntry): Promise<ArtefactSource> {
    if (entry.stored) return storedSource(this.store, entry);
    return derivedSource(await this.inputs(), this.record, entry);
  }

  async #readInputs(): Promise<RunInputs> {
    const entry = this.entry('inputs');
    if (entry === undefined) {
      throw new AetherError(
        'RUN_WITHOUT_INPUTS',
        `run ${this.record.id} ended as ${this.record.state} without inputs`,
      );
    }
    const texts: string[] = [];
    for await (const text of (await this.reader(entry)).all()) texts.push(text);
    return JSON.parse(texts.join('\n')) as RunInputs;
  }
}

function isReplayed(kind: ArtefactKind): kind is ReplayedKind {
  return (REPLAYED as readonly string[]).includes(kind);
}
