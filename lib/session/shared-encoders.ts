import { Latest } from '../base/derived.js';
import type { Profile, Topology } from '../engine/inputs.js';
import { BlockEncoder } from '../engine/loom/blocks.js';
import { isSmallGraph, type UmxKernel } from '../engine/umx/kernel.js';
import { LedgerEncoder } from '../engine/umx/ledger-record.js';

/*
 * What encoders lay out depends on the documents alone: runs of a sweep, which mostly have the graph in common with the run
 * before, share them.
 */
const ledgers = new Latest<readonly [Topology], LedgerEncoder>();
const blocks = new Latest<readonly [Topology, Profile], BlockEncoder>();

/** The encoder of a graph that the kernel has. */
export function ledgerEncoder(topology: Topology, kernel: UmxKernel): LedgerEncoder {
  const make = (): LedgerEncoder => new LedgerEncoder(topology, kernel.cap);
  return isSmallGraph(topology) ? ledgers.of([topology], make) : make();
}

export function blockEncoder(topology: Topology, profile: Profile): BlockEncoder {
  const make = (): BlockEncoder => new BlockEncoder(topology, profile);
  return isSmallGraph(topology) ? blocks.of([topology, profile], make) : make();
}
