import type { Digest } from '../../../../base/digest.js';
import { unpackInputs } from '../../../../execution/job-inputs.js';
import { planBatch } from '../../../../batch/pipeline.js';
import { AS_WRITTEN } from '../../../../batch/plan/plan.js';
import type { PlannedRun } from '../../../../batch/plan/planned-run.js';
import { repairStore, type RepairReport } from '../../../../batch/repair-store.js';
import { bytesText, plural } from '../../../../base/quantity.js';
import { recordContradictions } from '../../../../inspect/verify/record-contradictions.js';
import { systemClock } from '../../../../platform/clock.js';
import {
  describeStoreProblem,
  isLog,
  isWarning,
  MemoryStore,
  rootDamage,
  verifyStore,
  type DiskStore,
  type StoreProblem,
  type VerifyReport,
} from '../../../../store/index.js';
import type { CommandContext } from '../../../command-context.js';
import { InvalidDocuments } from '../../../command-error.js';
import { EXIT, type ExitCode } from '../../../exit-codes.js';
import { loadScenarios } from '../../../scenarios/load-scenarios.js';
import { openDamaged, openForRepair } from '../../../open-store.js';
import { progressOn } from '../../../store/progress.js';
import type { StoreVerifyArguments } from './options.js';

/** Checks the tree, and repairs it on request; the exit code depends on the remaining problems. */
export async function verifyTree(args: StoreVerifyArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const { store, mended } = await opened(args, context);
  try {
    const first = await checked(store, args, context);
    const found = { ...first, problems: [...mended, ...first.problems] };
    let left: VerifyReport = first;
    let repair: RepairReport | null = null;
    try {
      if (args.repair === true && first.problems.length > 0) repair = await repaired(store, first, args);
      if (repair !== null && hasChanged(repair)) left = await checked(store, args, context);
    } finally {
      // Report the findings even if the repair failed.
      const isOk = isSound(left, args);
      terminal.out(
        args.json === true
          ? reportJson(found, { ...left, ok: isOk }, repair)
          : reportText(found, left, repair),
      );
    }
    return isSound(left, args) ? EXIT.ok : EXIT.store;
  } finally {
    await store.close();
  }
}

/** Opens the tree despite damage; a repair also repairs its root, and reports the damage. */
async function opened(
  { store: root, repair }: StoreVerifyArguments,
  context: CommandContext,
): Promise<{ readonly store: DiskStore; readonly mended: readonly StoreProblem[] }> {
  const store = await openDamaged(root);
  if (repair !== true) return { store, mended: [] };
  const mended = rootDamage(store.reader.root, store.reader.files);
  await store.close();
  return { store: await openForRepair(root, context), mended };
}

/** A strict check counts damaged logs as errors. */
function isSound({ problems }: VerifyReport, { strict }: StoreVerifyArguments): boolean {
  return problems.every((problem) => isWarning(problem) && !(strict === true && isLog(problem)));
}

function hasChanged({ repaired, set_aside, refs }: RepairReport): boolean {
  return repaired.length + set_aside.length + refs.length > 0;
}

async function checked(
  store: DiskStore,
  args: StoreVerifyArguments,
  { terminal }: CommandContext,
): Promise<VerifyReport> {
  const progress = await progressOn(terminal, args.json);
  try {
    return await verifyStore(store, {
      now: systemClock.now(),
      contradictions: recordContradictions,
      onProgress: ({ blobs, bytes }) => {
        progress.say(`${plural(blobs, 'blob')} verified, ${bytesText(bytes)}`);
      },
    });
  } finally {
    progress.done();
  }
}

function repaired(store: DiskStore, found: VerifyReport, args: StoreVerifyArguments): Promise<RepairReport> {
  let known: Promise<ReadonlyMap<Digest, PlannedRun['inputs']>> | undefined;
  return repairStore({
    store,
    problems: found.problems,
    inputsFor: async (key) => {
      known ??= inputsOfManifests(args);
      const inputs = await (await known).get(key)?.();
      return inputs && unpackInputs(inputs);
    },
  });
}

/** Inputs by key of every run of the manifests; none if they cannot be loaded. */
async function inputsOfManifests(
  args: StoreVerifyArguments,
): Promise<ReadonlyMap<Digest, PlannedRun['inputs']>> {
  const globs = args.manifests ?? [];
  const registry = await loadScenarios(globs, args).then(
    (loaded) => loaded.registry,
    (error: unknown) => {
      // Manifests named by the user must load; the default ones are optional.
      if (globs.length > 0 || !(error instanceof Error)) throw error;
      return undefined;
    },
  );
  if (registry === undefined) return new Map();
  const plan = await planBatch({ ...AS_WRITTEN, registry, store: new MemoryStore() });
  if (!plan.ok) throw new InvalidDocuments(plan.problems);
  return new Map(plan.value.runs.map((run) => [run.input_key, run.inputs]));
}

function reportJson(
  found: VerifyReport,
  left: VerifyReport & { readonly ok: boolean },
  repair: RepairReport | null,
): string {
  const report = { ...left, found: found.problems, ...(repair !== null && { repair }) };
  return `${JSON.stringify(report)}\n`;
}

function reportText(found: VerifyReport, left: VerifyReport, repair: RepairReport | null): string {
  const counts = [
    plural(left.blobs, 'blob'),
    bytesText(left.bytes),
    plural(left.runs, 'run'),
    plural(left.batches, 'batch', 'batches'),
    plural(left.refs, 'ref'),
  ].join(', ');
  const lines = found.problems.map(
    (problem) => `${isWarning(problem) ? 'warning: ' : ''}${describeStoreProblem(problem)}`,
  );
  if (repair !== null) lines.push(...repairLines(repair));
  return [...lines, `${counts}: ${verdict(left)}\n`].join('\n');
}

function verdict({ problems }: VerifyReport): string {
  const logs = problems.filter(isLog).length;
  const warnings = problems.filter(isWarning).length - logs;
  const bad = problems.length - logs - warnings;
  if (problems.length === bad) return bad === 0 ? 'the store is intact' : plural(bad, 'problem');
  const found = bad === 0 ? 'every result is intact' : plural(bad, 'problem');
  const lost = logs > 0 ? [`${plural(logs, 'damaged log')}`] : [];
  return [found, ...lost, ...(warnings > 0 ? [plural(warnings, 'warning')] : [])].join(', ');
}

function repairLines({ set_aside, refs, unmended, repaired, unrepaired }: RepairReport): string[] {
  return [
    ...set_aside.map(({ path, to }) => `set aside ${path} as ${to}`),
    ...refs.map(({ path, run }) => `pointed ${path} to ${run}`),
    ...unmended.map(({ path, why }) => `not repaired ${path}: ${why}`),
    ...repaired.map((digest) => `repaired ${digest}`),
    ...unrepaired.map(({ digest, why }) => `not repaired ${digest}: ${why}`),
  ];
}
