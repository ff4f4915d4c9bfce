import type { RunInputs, RunWindow, StreamSource } from '../inputs.js';
import type { UmxKernel } from '../umx/kernel.js';
import type { StreamAccount } from './candidate.js';
import { closeWindow, type ApxCandidates, type ApxManifest } from './manifest.js';
import { MdlAccount } from './mdl-account.js';
import { newMdlTick, summarizeMdl, type MdlTick } from './mdl-tick.js';
import { readSource, sourceWidth, type SourceVector } from './source-vector.js';
import { VarintAccount, summarizeVarint, type VarintTick } from './varint-account.js';

/** A window that closed at this tick. */
export interface ClosedWindow {
  /** Position in the RunConfig's window list. */
  readonly index: number;
  readonly manifest: ApxManifest;
  readonly candidates: ApxCandidates;
}

/** One source in use by some open window: this tick's vector and summary, and the last tick's vector. */
interface SourceState {
  readonly source: StreamSource;
  current: SourceVector;
  previous: SourceVector | null;
  spare: SourceVector;
  readonly mdl: MdlTick;
  readonly varint: VarintTick;
}

interface OpenWindow {
  readonly index: number;
  readonly window: RunWindow;
  readonly accounts: readonly (MdlAccount | VarintAccount)[];
}

/**
 * Press: description lengths of streams over tick windows as running sums (section 5). Each source is read and
 * summarised once per tick; windows fold the summary, so overlapping windows cost next to nothing and no window is
 * ever held in memory.
 */
export class Press {
  readonly #inputs: RunInputs;
  readonly #sources: readonly SourceState[];
  /** Window positions by start tick, descending, so that the next to open is last. */
  readonly #waiting: number[];
  #open: OpenWindow[] = [];

  constructor(inputs: RunInputs) {
    const { run, topology, profile } = inputs;
    this.#inputs = inputs;
    const used = new Set(run.windows.flatMap((w) => w.streams.map((s) => s.source)));
    this.#sources = [...used].map((source) => {
      const width = sourceWidth(source, topology.N, topology.edges.length);
      const vector = (): SourceVector => ({ values: new Float64Array(width), exact: null });
      return {
        source,
        current: vector(),
        previous: null,
        spare: vector(),
        mdl: newMdlTick(profile.press_defaults.gr_max_p),
        varint: { count: 0, id: 0, diff: 0, same: false },
      };
    });
    this.#waiting = run.windows.map((_, index) => index);
    this.#waiting.sort((a, b) => run.windows[b]!.start_tick - run.windows[a]!.start_tick || b - a);
  }

  /**
   * Takes in a finished tick and returns the windows that close with it, in declared order.
   * @throws EngineFault INT_RANGE when a window's chosen lengths cannot be stored.
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

  #openUpTo(tick: number): void {
    const { windows } = this.#inputs.run;
    let opened = false;
    while (this.#waiting.length > 0 && windows[this.#waiting.at(-1)!]!.start_tick <= tick) {
      const index = this.#waiting.pop()!;
      const window = windows[index]!;
      const press = this.#inputs.profile.press_defaults;
      const Account = press.accounting === 'mdl-v0' ? MdlAccount : VarintAccount;
      const accounts = window.streams.map((s) => new Account(press, s.scheme_hint));
      this.#open.push({ index, window, accounts });
      opened = true;
    }
    if (opened) this.#open.sort((a, b) => a.index - b.index);
  }

  #read(state: SourceState, kernel: UmxKernel, prevChain: number, mdl: boolean): void {
    const free = state.spare;
    readSource(state.source, kernel, prevChain, free);
    if (mdl) {
      summarizeMdl(free, state.mdl);
      return;
    }
    summarizeVarint(free, state.previous, state.varint);
    state.spare = state.current;
    state.current = free;
    state.previous = free;
  }

  #fold(open: OpenWindow, s: number): void {
    const { source } = open.window.streams[s]!;
    const state = this.#sources.find((candidate) => candidate.source === source)!;
    const account = open.accounts[s]!;
    if (account instanceof MdlAccount) account.fold(state.mdl);
    else account.fold(state.varint);
  }

  #close(tick: number): readonly ClosedWindow[] {
    const { topology, profile } = this.#inputs;
    const closed: ClosedWindow[] = [];
    for (const { index, window, accounts } of this.#open) {
      if (window.end_tick !== tick) continue;
      const context = { tick, gid: topology.gid, profile, window };
      closed.push({ index, ...closeWindow(context, accounts as readonly StreamAccount[]) });
    }
    this.#open = this.#open.filter((open) => open.window.end_tick !== tick);
    return closed;
  }
}
