import type { ApxCandidates, ApxManifest, ApxiView } from './records.js';
import type { RunInputs, RunWindow, StreamSource } from '../inputs.js';
import type { UmxKernel } from '../umx/kernel.js';
import { OpenView } from './apxi-view.js';
import type { StreamAccount } from './candidate.js';
import { closeWindow } from './manifest.js';
import { MdlAccount } from './mdl-account.js';
import { newMdlTick, summarizeMdl, type MdlTick } from './mdl-tick.js';
import { readSource, sourceWidth, type SourceVector } from './source-vector.js';
import { newVarintTick, VarintAccount, summarizeVarint, type VarintTick } from './varint-account.js';

/** A window that closed at this tick. */
export interface ClosedWindow {
  /** Position in the window list of the RunConfig. */
  readonly index: number;
  readonly manifest: ApxManifest;
  readonly candidates: ApxCandidates;
  /** Null unless the window has an APXi view. */
  readonly view: ApxiView | null;
}

/** A source used by at least one window: vector and summary of this tick, and the vector of the last tick. */
interface SourceState {
  readonly source: StreamSource;
  /** This tick's values. */
  current: SourceVector;
  /** Values of the last tick; null at the first tick of a width. Only varint-v1 needs them. */
  previous: SourceVector | null;
  /** Buffer for the values of the next tick. */
  spare: SourceVector;
  readonly mdl: MdlTick;
  readonly varint: VarintTick;
}

interface OpenWindow {
  readonly index: number;
  readonly window: RunWindow;
  readonly accounts: readonly (MdlAccount | VarintAccount)[];
  readonly view: OpenView | null;
}

/**
 * Press: description lengths of streams over tick windows as running sums (section 5). Each source is read and
 * summarised once per tick; windows fold the summary, so overlapping windows cost next to nothing and no window is
 * ever held in memory.
 */
export class Press {
  readonly #inputs: RunInputs;
  readonly #sources: readonly SourceState[];
  /** Window positions by start tick, descending, so that the next window to open is last. */
  readonly #waiting: number[];
  #open: OpenWindow[] = [];

  constructor(inputs: RunInputs) {
    const { run, topology, profile } = inputs;
    this.#inputs = inputs;
    const used = new Set(run.windows.flatMap((w) => w.streams.map((s) => s.source)));
    this.#sources = [...used].map((source) => {
      const width = sourceWidth(source, topology.N, topology.edges.length);
      return {
        source,
        ...emptyVectors(width),
        mdl: newMdlTick(profile.press_defaults.gr_max_p),
        varint: newVarintTick(),
      };
    });
    this.#waiting = run.windows.map((_, index) => index);
    this.#waiting.sort((a, b) => run.windows[b]!.start_tick - run.windows[a]!.start_tick || b - a);
  }

  /**
   * Processes a finished tick and returns the windows that close with it, in declared order.
   * @throws EngineFault INT_RANGE when the chosen lengths of a window cannot be stored.
   */
  tick(tick: number, kernel: UmxKernel, prevChain: number): readonly ClosedWindow[] {
    this.#openUpTo(tick);
    const mdl = this.#inputs.profile.press_defaults.accounting === 'mdl-v0';
    for (const state of this.#sources) this.#read(state, kernel, prevChain, mdl);
    let closes = false;
    for (const open of this.#open) {
      for (let s = 0; s < open.accounts.length; s++) this.#fold(open, s);
      if (open.window.end_tick === tick) closes = true;
    }
    return closes ? this.#close(tick) : [];
  }

  /** Sets the size of the graph from the next tick on. No open window reads a source that changes. */
  reshape(nodes: number, edges: number): void {
    for (const state of this.#sources) {
      const width = sourceWidth(state.source, nodes, edges);
      if (width !== state.current.values.length) Object.assign(state, emptyVectors(width));
    }
  }

  #openUpTo(tick: number): void {
    const { windows } = this.#inputs.run;
    let opened = false;
    while (this.#waiting.length > 0 && windows[this.#waiting.at(-1)!]!.start_tick <= tick) {
      const index = this.#waiting.pop()!;
      const window = windows[index]!;
      const press = this.#inputs.profile.press_defaults;
      const Account = press.accounting === 'mdl-v0' ? MdlAccount : VarintAccount;
      const accounts = window.streams.map((s) => new Account(press, s.scheme_hint));
      const view = window.apxi === undefined ? null : new OpenView(window, window.apxi, press);
      this.#open.push({ index, window, accounts, view });
      opened = true;
    }
    if (opened) this.#open.sort((a, b) => a.index - b.index);
  }

  #read(state: SourceState, kernel: UmxKernel, prevChain: number, mdl: boolean): void {
    const free = state.spare;
    readSource(state.source, kernel, prevChain, free);
    state.spare = state.current;
    state.current = free;
    if (mdl) {
      summarizeMdl(free, state.mdl);
      return;
    }
    summarizeVarint(free, state.previous, state.varint);
    state.previous = free;
  }

  #fold(open: OpenWindow, s: number): void {
    const { source } = open.window.streams[s]!;
    const state = this.#sources.find((candidate) => candidate.source === source)!;
    const account = open.accounts[s]!;
    if (account instanceof MdlAccount) account.fold(state.mdl);
    else account.fold(state.varint);
    open.view?.fold(s, state.current);
  }

  #close(tick: number): readonly ClosedWindow[] {
    const { topology, profile } = this.#inputs;
    const closed: ClosedWindow[] = [];
    for (const { index, window, accounts, view } of this.#open) {
      if (window.end_tick !== tick) continue;
      const context = { tick, gid: topology.gid, profile, window };
      const records = closeWindow(context, accounts as readonly StreamAccount[]);
      closed.push({ index, ...records, view: view?.close(tick) ?? null });
    }
    this.#open = this.#open.filter((open) => open.window.end_tick !== tick);
    return closed;
  }
}

function emptyVectors(width: number): Pick<SourceState, 'current' | 'previous' | 'spare'> {
  const vector = (): SourceVector => ({ values: new Float64Array(width), exact: null });
  return { current: vector(), previous: null, spare: vector() };
}
