/**
 * The yardstick of the section `tiny`: one loop that computes the runs of a manifest and writes the same bytes, one file for
 * each run, without a store: nothing is durable, shared, indexed or found again. Arguments: manifest, directory.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AS_WRITTEN, planBatch } from '../../lib/batch/index.js';
import { loadManifests } from '../../lib/config/index.js';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { nodeDocumentFiles } from '../../lib/platform/index.js';
import { Session } from '../../lib/session/session.js';
import { MemoryStore } from '../../lib/store/index.js';

const [manifest = '', directory = ''] = process.argv.slice(2);
const registry = loadManifests([manifest], nodeDocumentFiles);
if (!registry.ok) throw new Error(JSON.stringify(registry.problems));
const plan = await planBatch({ ...AS_WRITTEN, registry: registry.value, store: new MemoryStore() });
if (!plan.ok) throw new Error(JSON.stringify(plan.problems));

mkdirSync(directory);
let bytes = 0;
for (const [n, run] of plan.value.runs.entries()) {
  const fd = openSync(join(directory, String(n)), 'w');
  const sink = {
    open: (): void => undefined,
    chunk: (_: string, chunk: Uint8Array): void => {
      bytes += writeSync(fd, chunk);
    },
  };
  const session = new Session({ inputs: (await run.inputs()) as RunInputs, sink });
  while (session.step());
  session.finish();
  closeSync(fd);
}
process.stdout.write(JSON.stringify({ bytes }));
