import { InvariantError } from '../../base/errors.js';
import type { RunId } from '../../base/run-id.js';
import {
  goldenComparer,
  goldenRun,
  withoutLongRecords,
  type GoldenDifference,
  type GoldenRecord,
  type GoldenTree,
} from '../../golden/index.js';
import { openRun, type RunView } from '../../inspect/index.js';
import { openSeries, type SeriesRun } from '../../inspect/series/index.js';
import { tablePieces } from '../../inspect/table/index.js';
import { tarArchive } from '../../store/archive/tar-archive.js';
import { zipArchive } from '../../store/archive/zip-archive.js';
import type { ArtefactReader } from '../../store/port.js';
import { shownGraph } from '../documents/registry-questions.js';
import type { PageQuery } from '../http/paging.js';
import type { PillarFacts } from '../runs/pillar-cards.js';
import { pastFacts } from '../runs/past-facts.js';
import { SeriesReader } from '../runs/series-reader.js';
import type { SeriesQuery } from '../runs/series.js';
import { orRefused } from '../tables/selection-refusal.js';
import type { GoldenDiff } from '../wire/golden.js';
import type { AeonWindowView, EntryVerdict, RunState, TickView } from '../wire/run-data.js';
import { comparison } from './comparison.js';
import { entryVerdict } from './entry-verdict.js';
import { exportBundle, type AddedFile, type ArchiveFormat } from './export-bundle.js';
import { goldenDiff, type ComparedGolden } from './golden-diff.js';
import { PieceStreams, type NextPieces } from './piece-streams.js';
import { publishedNumbers, type PublishedNumbers } from './published-numbers.js';
import { readRun, type ReadRun } from './read-run.js';
import { asked, type AskedSeries } from './asked-series.js';
import { present } from './present.js';
import { windowViews } from './window-views.js';

/** A page of a list as JSON. */
export interface JsonPage {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Performs tasks that need the inputs of a finished run, or records that grow with its graph: a million edges
 * are hundreds of megabytes of JSON. Arguments are plain data and results bytes, so that the class can run on
 * its own thread.
 */
export class RunRecords {
  readonly #store: ArtefactReader;
  readonly #goldens: GoldenTree | null;
  readonly #series = new SeriesReader();
  readonly #streams = new PieceStreams();

  /** @param goldens null if runs are not compared with goldens */
  constructor(store: ArtefactReader, goldens: GoldenTree | null) {
    this.#store = store;
    this.#goldens = goldens;
  }

  /** JSON of the TickView. @throws Refusal unknown-record, as all others */
  async tick(id: RunId, tick: number): Promise<Uint8Array> {
    const view = await this.#view(id);
    const i_block = await view.iBlock(tick);
    const u_entry = await view.uEntry(tick);
    const body: TickView = {
      tick,
      ledger: present(await view.ledger(tick)),
      p_block: present(await view.pBlock(tick)),
      i_block: i_block.ok ? i_block.value : null,
      u_entry: u_entry.ok ? u_entry.value : null,
      events: await view.events(tick),
    };
    return json(body);
  }

  /** JSON of the Series. */
  async series(id: RunId, query: SeriesQuery): Promise<Uint8Array> {
    return json(await this.#series.series(await this.#view(id), query));
  }

  /** JSON of the RunState after the last tick. */
  async state(id: RunId): Promise<Uint8Array> {
    const view = await this.#view(id);
    const tick = view.record.ticks_completed;
    const u = tick === 0 ? [] : present(await view.ledger(tick)).post_u;
    const body: RunState = { run_id: id, live: false, tick, u };
    return json(body);
  }

  /** JSON of WindowViews. @throws Refusal invalid-cursor */
  async windows(id: RunId, query: PageQuery, url: string): Promise<JsonPage> {
    const { items, headers } = await windowViews(await this.#view(id), query, url);
    return { body: json(items), headers };
  }

  /** JSON of the Topology in a tick. */
  async graph(id: RunId, tick: number): Promise<Uint8Array> {
    return json(shownGraph(await (await this.#view(id)).inputs(), tick));
  }

  /** JSON of AeonWindows, of all or of those that cover a tick. */
  async aeon(id: RunId, tick: number | undefined): Promise<Uint8Array> {
    const grammar = present(await (await this.#view(id)).aeon());
    const covering = tick === undefined ? undefined : new Set(grammar.covering(tick));
    const windows = grammar.windows().filter(({ window_id }) => covering?.has(window_id) !== false);
    return json(windows.map(({ press_window_id: _named, ...window }): AeonWindowView => window));
  }

  async verdict(id: RunId, tick: number): Promise<EntryVerdict> {
    return entryVerdict(await this.#view(id), tick);
  }

  async facts(id: RunId): Promise<PillarFacts> {
    return pastFacts(await this.#view(id));
  }

  /** JSON of the Comparison. */
  async compare(a: RunId, b: RunId): Promise<Uint8Array> {
    return json(await comparison(await this.#view(a), await this.#view(b)));
  }

  /** Values of a run for comparison with published ones. */
  async published(id: RunId): Promise<PublishedNumbers> {
    return publishedNumbers(await this.#view(id));
  }

  /** Reads and verifies every stored byte of a run: their number, or the error. */
  async verified(id: RunId): Promise<ReadRun> {
    return readRun(this.#store, id);
  }

  async goldenDiff(id: RunId, directory: string, about: ComparedGolden): Promise<GoldenDiff> {
    const { record } = await this.#view(id);
    return goldenDiff({ tree: this.#tree, store: this.#store }, { directory, about }, record);
  }

  /** The difference of a run from a golden, without records that are too long to show. */
  async goldenDifference(id: RunId, directory: string, golden: GoldenRecord): Promise<GoldenDifference> {
    const { record } = await this.#view(id);
    const compare = goldenComparer(this.#store);
    return withoutLongRecords(await compare(goldenRun(this.#tree, directory, golden), { record }));
  }

  /** Opens a stream of the series of runs, for `nextPieces`. @throws Refusal invalid-selection */
  async openSeries(
    runs: readonly SeriesRun[],
    { query, format, escape_formulas }: AskedSeries,
  ): Promise<number> {
    const table = orRefused(await openSeries(Object.assign(asked(runs), { store: this.#store }), query));
    return this.#streams.open(tablePieces(table, format, escape_formulas));
  }

  /** Opens a stream of a run as an archive, including further files. */
  async openExport(id: RunId, format: ArchiveFormat, added: readonly AddedFile[]): Promise<number> {
    const bundle = await exportBundle(this.#store, await this.#view(id), added);
    return this.#streams.open(format === 'zip' ? zipArchive(bundle) : tarArchive(bundle));
  }

  nextPieces(stream: number): Promise<NextPieces> {
    return this.#streams.next(stream);
  }

  closePieces(stream: number): Promise<null> {
    return this.#streams.close(stream);
  }

  get #tree(): GoldenTree {
    if (this.#goldens === null) throw new InvariantError('this service has no goldens');
    return this.#goldens;
  }

  async #view(id: RunId): Promise<RunView> {
    return present(await openRun(this.#store, id));
  }
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
