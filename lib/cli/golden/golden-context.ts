import { GoldenTree } from '../../golden/index.js';
import { nodeProcesses } from '../../platform/processes.js';
import { nodeTreeFiles } from '../../platform/tree-files.js';

/** The goldens below a directory. */
export function goldenTree(root: string): GoldenTree {
  return new GoldenTree(root, nodeTreeFiles, nodeProcesses());
}
