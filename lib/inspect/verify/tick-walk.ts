import { sha256 } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import type { RunInputs } from '../../engine/inputs.js';
import type { IBlock, PBlock } from '../../engine/loom/records.js';
import type { TickLedger } from '../../engine/umx/records.js';
import type { ChainLink } from '../../session/record-schemas.js';
import type { ArtefactKind } from '../../session/records.js';
import type { RunArtefacts } from '../artefacts/run-artefacts.js';
import type { Findings } from './broken.js';
import { ChainCheck } from './chain-check.js';
import { CommitCheck } from './commit-check.js';
import { LedgerCheck } from './ledger-check.js';
import { ObservablesCheck } from './observables-check.js';
import { TickFeed, type FedRecord } from './tick-feed.js';

const COMPLETE = 'every tick has its records';
const FED = [
  'umx_ledger',
  'loom_p_blocks',
  'loom_i_blocks',
  'loom_chain',
  'nap_envelopes',
  'u_ledger',
] as const;
type FedKind = (typeof FED)[number];

/** Iterates once over all ticks and checks their artefacts against each other. */
export class TickWalk {
  readonly #artefacts: RunArtefacts;
  readonly #inputs: RunInputs;
  readonly #findings: Findings;
  readonly #feeds: Record<FedKind, TickFeed>;
  readonly #ledger: LedgerCheck | undefined;
  readonly #chain: ChainCheck | undefined;
  readonly #commit: CommitCheck;
  readonly #observed: ObservablesCheck;
  #entries = 0;

  private constructor(
    artefacts: RunArtefacts,
    inputs: RunInputs,
    findings: Findings,
    feeds: Record<FedKind, TickFeed>,
  ) {
    this.#artefacts = artefacts;
    this.#inputs = inputs;
    this.#findings = findings;
    this.#feeds = feeds;
    this.#commit = new CommitCheck(inputs, findings);
    this.#observed = new ObservablesCheck(artefacts.record, inputs.run.primary_window_id);
    if (feeds.umx_ledger.speaks) this.#ledger = new LedgerCheck(inputs, findings);
    if (feeds.loom_p_blocks.speaks) this.#chain = new ChainCheck(inputs.profile, findings);
    findings.checking(COMPLETE);
  }

  static async of(artefacts: RunArtefacts, inputs: RunInputs, findings: Findings): Promise<TickWalk> {
    const feeds = await Promise.all(FED.map(async (kind) => [kind, await feedOf(artefacts, kind)] as const));
    return new TickWalk(artefacts, inputs, findings, Object.fromEntries(feeds) as Record<FedKind, TickFeed>);
  }

  /** The whole walk. */
  async run(): Promise<void> {
    await this.#manifests();
    await this.#proposals();
    const { record } = this.#artefacts;
    for (let tick = 1; tick <= record.ticks_completed; tick++) await this.#tick(tick);
    const metrics = record.metrics as Readonly<Record<string, string | null>> | null;
    this.#chain?.end(record.loom.tip);
    this.#commit.end({
      entries: record.state === 'completed' ? record.ticks_completed : this.#entries,
      found: this.#artefacts.entry('u_ledger')?.records ?? 0,
      last_hash: metrics?.['uledger_last_hash'],
    });
    if (record.state !== 'failed') this.#observed.end(this.#findings);
  }

  async #manifests(): Promise<void> {
    const isWhole = await this.#each('apx_manifests', (text) => {
      this.#commit.manifest(text);
      this.#observed.manifest(text);
    });
    if (!isWhole) return;
    this.#commit.manifestsEnd();
    this.#observed.manifestsEnd();
  }

  async #proposals(): Promise<void> {
    if (this.#artefacts.record.state !== 'completed') return;
    const isWhole = await this.#each('codex_proposals', (text) => {
      this.#observed.proposal(text);
    });
    if (isWhole) this.#observed.proposalsEnd();
  }

  /**
   * Passes every record of a stored artefact to `use`; false if it is not stored, or cannot be read to its
   * end.
   */
  async #each(kind: ArtefactKind, use: (text: string) => void): Promise<boolean> {
    const entry = this.#artefacts.entry(kind);
    if (entry?.stored !== true) return false;
    try {
      for await (const text of (await this.#artefacts.reader(entry)).all()) {
        const isRecord = this.#shaped(kind, null, () => {
          use(text);
        });
        if (!isRecord) return false;
      }
      return true;
    } catch (error) {
      // As for other artefacts: reported by the digest check.
      if (!(error instanceof AetherError)) throw error;
      return false;
    }
  }

  async #tick(tick: number): Promise<void> {
    const ledger = await this.#one('umx_ledger', tick);
    const block = await this.#one('loom_p_blocks', tick);
    const ledgerRecord = ledger?.record as unknown as TickLedger | undefined;
    if (ledgerRecord !== undefined) {
      this.#shaped('umx_ledger', tick, () => {
        this.#ledger?.check(tick, ledgerRecord);
        this.#observed.ledger(tick, ledgerRecord);
      });
    }
    if (block !== undefined) await this.#blocks(tick, block, ledgerRecord);
    const data = (await this.#at('nap_envelopes', tick)).find(({ record }) => isData(record['meta']));
    const entry = await this.#one('u_ledger', tick, this.#artefacts.record.state === 'completed');
    if (entry === undefined) return;
    this.#entries++;
    if (block === undefined) this.#observed.chainValue(tick, entry.record['C_t'] as number);
    this.#commit.entry(entry.text, {
      C_t: block === undefined ? null : (block.record['C_t'] as number),
      umx_ledger_hash: ledger === undefined ? null : sha256(ledger.text),
      loom_block_hash: block === undefined ? null : sha256(block.text),
      nap_envelope_hash: data === undefined ? null : sha256(data.text),
    });
  }

  async #blocks(tick: number, block: FedRecord, ledger: TickLedger | undefined): Promise<void> {
    const links = (await this.#at('loom_chain', tick)).map(({ record }) => record as unknown as ChainLink);
    const link = (kind: 'P' | 'I'): ChainLink | undefined => links.find((item) => item.block === kind);
    const pBlock = block.record as unknown as PBlock;
    this.#shaped('loom_p_blocks', tick, () => {
      this.#chain?.pBlock(tick, pBlock, ledger, link('P'));
      this.#observed.block(tick, pBlock);
    });
    if (tick % this.#inputs.profile.I_block_spacing_W !== 0) return;
    const iBlock = await this.#one('loom_i_blocks', tick);
    if (iBlock === undefined) return;
    const stored = iBlock.record as unknown as IBlock;
    this.#shaped('loom_i_blocks', tick, () => this.#chain?.iBlock(tick, stored, ledger, link('I')));
  }

  /** False for a record with the wrong shape under a valid digest: a finding, not a bug. */
  #shaped(artefact: string, tick: number | null, check: () => void): boolean {
    try {
      check();
      return true;
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError))
        throw error;
      this.#misshapen(artefact, tick, error.message);
      return false;
    }
  }

  #misshapen(artefact: string, tick: number | null, found: string): void {
    this.#findings.add(COMPLETE, { tick, artefact, field: '', expected: 'a record of this kind', found });
  }

  /** The records of a tick; a line that is not a record is a finding, and ends them. */
  async #at(kind: FedKind, tick: number): Promise<readonly FedRecord[]> {
    const feed = this.#feeds[kind];
    const list = await feed.at(tick);
    if (feed.misshapen !== undefined) this.#misshapen(kind, tick, feed.misshapen.slice(0, 80));
    return list;
  }

  /** The one record that a tick must have; a missing one is a finding. */
  async #one(kind: FedKind, tick: number, isDue = true): Promise<FedRecord | undefined> {
    const list = await this.#at(kind, tick);
    if (list.length !== 1 && isDue && this.#feeds[kind].speaks) {
      this.#findings.add(COMPLETE, { tick, artefact: kind, field: 'tick', expected: 1, found: list.length });
    }
    return list[0];
  }
}

/** A DATA envelope is recognised by its meta, for any layer and mode of the documents. */
function isData(meta: unknown): boolean {
  return typeof meta === 'object' && meta !== null && 'pfna_integerization' in meta;
}

async function feedOf(artefacts: RunArtefacts, kind: ArtefactKind): Promise<TickFeed> {
  const entry = artefacts.entry(kind);
  return new TickFeed(entry?.stored === true ? await artefacts.reader(entry) : undefined);
}
