/** Runs one manifest on one worker thread, as the batch runner does, and prints this process's peak resident size. Arguments: manifest, store, grep. */
import { executorFor } from '../../lib/cli/worker/executor-for.js';
import { logPlaces } from '../../lib/cli/worker/log-destination.js';
import { benchStore, executeManifest } from './one-run.js';

const [manifest, root, grep] = process.argv.slice(2) as [string, string, string];
const store = await benchStore(root);
const executor = await executorFor({ jobs: 1, memory_mb: null, logs: logPlaces('stderr', root) });
await executeManifest(manifest, { store, executor, grep: new RegExp(grep) });
await store.close();
console.log(JSON.stringify({ peak_kib: process.resourceUsage().maxRSS }));
