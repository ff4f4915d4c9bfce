import { availableParallelism } from 'node:os';
import { audit, auditRounds, describeRound } from '../../../audit/index.js';
import { plural } from '../../../base/quantity.js';
import type { AuditRunner } from '../../../service/index.js';
import { roundProcesses } from '../../audit/round-processes.js';

/**
 * The audit for the diagnostics of the service: of the manifests it serves, in separate processes and stores.
 */
export function serviceAudit(parts: {
  readonly files: readonly string[];
  readonly root?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}): AuditRunner {
  return {
    run: async (scenarios, signal) => {
      const names = scenarios.map((id) => id.replaceAll('.', '\\.')).join('|');
      const selection = {
        globs: parts.files,
        root: parts.root ?? null,
        profile: null,
        grep: `^(?:${names})(?:\\[|$)`,
        tags: [],
        set: [],
      };
      const runner = roundProcesses(selection, { env: parts.env, signal });
      const report = await audit(auditRounds(availableParallelism()), runner);
      const what = `${plural(report.runs, 'run')} in ${plural(report.rounds.length, 'round')}`;
      const [first] = report.disagreements;
      if (first === undefined) return { ok: true, message: `${what}: every digest is the same` };
      return { ok: false, message: `${what}: ${first.name} differs with ${describeRound(first.round)}` };
    },
  };
}
