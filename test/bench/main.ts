/**
 * The benchmarks: `npm run bench [-- section...]`. Each line holds a figure and, where it means something, its ratio to
 * a yardstick measured in the same run. Figures of a busy machine are worth little; ratios survive better.
 */
import { availableParallelism } from 'node:os';
import { benchAnalysis } from './analysis.js';
import { benchCompact } from './compact.js';
import { benchDocuments } from './documents.js';
import { benchEvents } from './events.js';
import { benchJobs } from './jobs.js';
import { benchLargeStore } from './large-store.js';
import type { Report } from './measure.js';
import { benchMemory } from './memory.js';
import { benchNoop } from './noop.js';
import { benchOneTick } from './one-tick.js';
import { benchClients } from './service-clients.js';
import { benchPlans } from './plans.js';
import { benchService } from './service.js';
import { benchThroughput } from './throughput.js';
import { benchTinyRuns } from './tiny-runs.js';
import { benchVerify } from './verify.js';

const SECTIONS: Readonly<Record<string, (report: Report) => Promise<void> | void>> = {
  throughput: benchThroughput,
  events: benchEvents,
  jobs: benchJobs,
  memory: benchMemory,
  tiny: benchTinyRuns,
  noop: benchNoop,
  plans: benchPlans,
  verify: benchVerify,
  compact: benchCompact,
  documents: benchDocuments,
  tick: benchOneTick,
  service: benchService,
  clients: benchClients,
  analysis: benchAnalysis,
  store: benchLargeStore,
};

const report: Report = (line) => {
  console.log(line);
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in SECTIONS));
if (unknown.length > 0) {
  console.error(`no section ${unknown.join(', ')}; there are ${Object.keys(SECTIONS).join(', ')}`);
  process.exitCode = 2;
} else {
  report(`node ${process.version}, ${availableParallelism()} cores`);
  for (const [name, section] of Object.entries(SECTIONS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    report(`\n${name}`);
    await section(report);
  }
}
