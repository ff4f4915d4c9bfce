import { Latest } from '../base/derived.js';
import type { Profile, Topology } from '../engine/inputs.js';
import { BlockEncoder } from '../engine/loom/block-encoder.js';
import { isSmallGraph, type UmxKernel } from '../engine/umx/kernel.js';
import { LedgerEncoder } from '../engine/umx/ledger-encoder.js';

/*
 * The layout of encoders depends only on the documents: runs of a sweep, which mostly have the same graph as
 * the previous run, share them.
 */
const ledgers = new Latest<readonly [Topology], LedgerEncoder>();
const blocks = new Latest<readonly [Topology, Profile], BlockEncoder>();

/** The encoder for the graph of the kernel. */
export function ledgerEncoder(topology: Topology, kernel: UmxKernel): LedgerEncoder {
  const make = (): LedgerEncoder => new LedgerEncoder(topology, kernel.cap);
  return isSmallGraph(topology) ? ledgers.of([topology], make) : make();
}

export function blockEncoder(topology: Topology, profile: Profile): BlockEncoder {
  const make = (): BlockEncoder => new BlockEncoder(topology, profile);
  return isSmallGraph(topology) ? blocks.of([topology, profile], make) : make();
}
