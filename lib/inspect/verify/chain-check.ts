import type { Json } from '../../base/canonical-json.js';
import { hashRecord } from '../../base/digest.js';
import { modBig } from '../../base/integers.js';
import type { Profile } from '../../engine/inputs.js';
import type { IBlock, PBlock } from '../../engine/loom/records.js';
import type { TickLedger } from '../../engine/umx/records.js';
import type { ChainLink } from '../../session/record-schemas.js';
import { merkleRoot } from '../../engine/loom/merkle.js';
import type { Findings } from './broken.js';

const BLOCKS = 'Loom blocks: chain values, and agreement with the tick ledgers';
const LINKS = 'Loom chain: link hashes, Merkle roots and tip';

/**
 * Verifies the Loom (engine contract, 4.2 and 4.3): chain values from s_t, link hashes, Merkle roots, tip.
 */
export class ChainCheck {
  readonly #findings: Findings;
  readonly #profile: Profile;
  #C: bigint;
  #tip: string | null = null;
  #leaves: string[] = [];

  constructor(profile: Profile, findings: Findings) {
    this.#profile = profile;
    this.#findings = findings;
    this.#C = BigInt(profile.C0);
    findings.checking(BLOCKS);
    findings.checking(LINKS);
  }

  /** Link hash of the last block; null before the first. */
  get tip(): string | null {
    return this.#tip;
  }

  /** The P-block of a tick with the ledger and the chain link of the tick. */
  pBlock(tick: number, block: PBlock, ledger: TickLedger | undefined, link: ChainLink | undefined): void {
    const { chain_a, chain_b, modulus_M } = this.#profile;
    const mixed = BigInt(chain_a) * this.#C + BigInt(chain_b) * BigInt(block.s_t) + BigInt(tick);
    this.#C = modBig(mixed, BigInt(modulus_M));
    const fluxes = ledger?.edges.map(({ e_id, f_e }) => ({ e_id, f_e })) ?? block.edge_flux_summary;
    this.#compare(BLOCKS, tick, 'loom_p_blocks', [
      ['tick', tick, block.tick],
      ['seq', tick, block.seq],
      ['C_t', Number(this.#C), block.C_t],
      ['edge_flux_summary', fluxes, block.edge_flux_summary],
    ]);
    this.#tip = hashRecord({ ...block, prev_hash: this.#tip } as unknown as Json);
    this.#leaves.push(this.#tip);
    this.#compare(LINKS, tick, 'loom_chain', [['link_hash', this.#tip, link?.link_hash ?? null]]);
  }

  /** The I-block after the P-block of its tick. */
  iBlock(tick: number, block: IBlock, ledger: TickLedger | undefined, link: ChainLink | undefined): void {
    this.#compare(BLOCKS, tick, 'loom_i_blocks', [
      ['tick', tick, block.tick],
      ['C_t', Number(this.#C), block.C_t],
      ['post_u', ledger?.post_u ?? block.post_u, block.post_u],
    ]);
    const merkle_root = merkleRoot(this.#leaves);
    this.#leaves = [];
    this.#tip = hashRecord({ ...block, merkle_root, prev_hash: this.#tip } as unknown as Json);
    this.#compare(LINKS, tick, 'loom_chain', [
      ['merkle_root', merkle_root, link?.merkle_root ?? null],
      ['link_hash', this.#tip, link?.link_hash ?? null],
    ]);
  }

  /** The tip in the run record. */
  end(recorded: string | null): void {
    if (this.#tip === recorded) return;
    const broken = { tick: null, artefact: 'record', field: 'loom/tip' };
    this.#findings.add(LINKS, { ...broken, expected: this.#tip, found: recorded });
  }

  #compare(
    check: string,
    tick: number,
    artefact: string,
    fields: readonly (readonly [field: string, expected: Json, found: Json])[],
  ): void {
    if (this.#findings.isBroken(check)) return;
    for (const [field, expected, found] of fields) {
      if (JSON.stringify(expected) === JSON.stringify(found)) continue;
      this.#findings.add(check, { tick, artefact, field, expected, found });
      return;
    }
  }
}
