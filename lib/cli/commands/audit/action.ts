import { availableParallelism } from 'node:os';
import type { Colors } from 'picocolors/types.js';
import {
  audit,
  auditRounds,
  describeRound,
  type AuditReport,
  type Disagreement,
} from '../../../audit/index.js';
import { plural } from '../../../base/quantity.js';
import { planBatch } from '../../../batch/pipeline.js';
import { AS_WRITTEN } from '../../../batch/plan/plan.js';
import { MemoryStore } from '../../../store/memory-store.js';
import type { CommandContext } from '../../command-context.js';
import { InvalidDocuments } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { Interruption } from '../../interruption.js';
import { divergenceLines } from '../../inspect/difference-lines.js';
import { loadScenarios } from '../../scenarios/load-scenarios.js';
import { namePattern } from '../../name-pattern.js';
import { parseOverrides } from '../../scenarios/parse-overrides.js';
import { roundProcesses } from '../../audit/round-processes.js';
import type { AuditArguments } from './options.js';

/** Audits the selection; the exit code reports whether every round gave the same bytes. */
export async function showAudit(args: AuditArguments, { terminal, env }: CommandContext): Promise<ExitCode> {
  const { registry, files } = await loadScenarios([...(args.manifests ?? []), ...(args.globs ?? [])], args);
  const set = args.set ?? [];
  const tags = args.tag ?? [];
  const grep = args.grep === undefined ? null : await namePattern('--grep', args.grep);
  const selection = { grep, tags, scenarios: [] };
  // Only to refuse invalid documents and an empty selection before anything runs.
  const plan = await planBatch({
    ...AS_WRITTEN,
    registry,
    store: new MemoryStore(),
    overrides: parseOverrides(set),
    selection,
    force: true,
  });
  if (!plan.ok) throw new InvalidDocuments(plan.problems);
  if (plan.value.runs.length === 0) {
    terminal.err('nothing is selected\n');
    return EXIT.nothing;
  }
  const request = {
    globs: files,
    root: args.root ?? null,
    profile: args.profile ?? null,
    grep: args.grep ?? null,
    tags,
    set,
  };
  const aborting = new AbortController();
  const interruption = new Interruption(() => {
    aborting.abort();
  });
  const rounds = auditRounds(availableParallelism());
  const runner = roundProcesses(request, {
    env,
    onRound: (round, n) => {
      terminal.err(`round ${String(n)} of ${String(rounds.length)}: ${describeRound(round)}\n`);
    },
    signal: aborting.signal,
  });
  const report = await audit(rounds, runner).finally(() => {
    interruption.end();
  });
  const lines = auditLines(report, terminal.outColors);
  terminal.out(args.json === true ? `${JSON.stringify(report)}\n` : `${lines.join('\n')}\n`);
  return report.ok ? EXIT.ok : EXIT.failed;
}

function auditLines({ ok, runs, rounds, disagreements, evidence }: AuditReport, colors: Colors): string[] {
  const what = `${plural(runs, 'run')} in ${plural(rounds.length, 'round')}`;
  if (ok) return [colors.green(`${what}: every digest is the same in every round`)];
  const names = new Set(disagreements.map(({ name }) => name));
  return [
    ...disagreements.flatMap((item) => disagreementLines(item, colors)),
    colors.red(`${what}: ${plural(names.size, 'run')} differs between rounds`),
    `the stores of the rounds are kept in ${evidence ?? ''}`,
  ];
}

function disagreementLines({ name, round, first, other, diff }: Disagreement, colors: Colors): string[] {
  const said = (run: Disagreement['first']): string =>
    run === undefined
      ? 'missing'
      : [run.state, run.code ?? '', run.result_digest?.slice(0, 12) ?? '']
          .filter((word) => word !== '')
          .join(' ');
  const head = [
    `${colors.red('differs')}  ${colors.bold(name)}`,
    `  first round  ${said(first)}`,
    `  this round   ${said(other)}: ${describeRound(round)}`,
  ];
  const where = diff?.first ?? null;
  if (where === null) return [...head, ''];
  return [
    ...head,
    ...divergenceLines(where, colors, { a: 'first round', b: 'this round' }).map((l) => `  ${l}`),
    '',
  ];
}
