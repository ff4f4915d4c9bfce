import { sha256 } from '../../base/digest.js';

/**
 * Merkle root over hex leaves (section 4.3): a parent is the SHA-256 of the text left||right, a last odd node is paired
 * with itself, a single leaf is its own root.
 */
export function merkleRoot(leaves: readonly string[]): string {
  let level = leaves;
  while (level.length > 1) {
    const next: string[] = [];
    for (let n = 0; n < level.length; n += 2) next.push(sha256(level[n]! + (level[n + 1] ?? level[n]!)));
    level = next;
  }
  return level[0]!;
}
