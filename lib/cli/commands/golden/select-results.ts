import { resultName, type PendingGolden, type RejectedGolden } from '../../../golden/index.js';
import { nearNames } from '../../../inspect/find/near-names.js';
import { NotFound, UsageError } from '../../command-error.js';
import type { GoldenArguments } from './options.js';

/** Minimum number of digits of a digest; fewer match too many results. */
const LEAST_DIGITS = 4;

/** True if the call names the judged result, and not only the golden. */
export function namesResult({ run, digest }: GoldenArguments): boolean {
  return run !== undefined || digest !== undefined;
}

/** Refuses a call that names no result, or names it twice. @throws UsageError */
export function checkSelection(args: GoldenArguments, waiting: readonly string[]): void {
  const { action, names = [], all, digest } = args;
  if (names.length === 0 && all !== true) {
    const hint = waiting.length === 0 ? 'nothing is pending' : `waiting: ${waiting.join(', ')}`;
    throw new UsageError(`golden ${action} needs the names of runs, or --all`, hint);
  }
  if (all === true && names.length > 0) throw new UsageError('--all cannot be used with names');
  if (namesResult(args) && names.length !== 1) {
    throw new UsageError('--run and --digest select one result: name one run');
  }
  if (digest !== undefined && !new RegExp(`^[0-9a-f]{${String(LEAST_DIGITS)},64}$`).test(digest)) {
    const least = `at least ${String(LEAST_DIGITS)} lower-case hexadecimal digits of the result digest`;
    throw new UsageError(`--digest must be ${least}, got ${JSON.stringify(digest)}`);
  }
}

/**
 * The pending results named in a call.
 *
 * @throws NotFound if a name has none; UsageError if a name has several and the call does not select one
 */
export function namedPending(
  pending: readonly PendingGolden[],
  args: GoldenArguments,
): readonly PendingGolden[] {
  return (args.names ?? []).flatMap((name) => {
    const found = pending.filter(({ golden }) => golden.record.name === name);
    if (found.length === 0) {
      const known = pending.map(({ golden }) => golden.record.name);
      throw new NotFound(`no result of ${name} is pending`, nearNames(name, known));
    }
    const chosen = found.filter((item) => isNamed(item, args));
    const waits = `pending: ${found.map(resultName).join(' and ')}`;
    if (chosen.length === 0) {
      throw new NotFound(`the result of ${name} that was named is not pending: ${waits}`);
    }
    const digests = new Set(chosen.map(({ golden }) => golden.record.result_digest));
    if (digests.size === 1) return chosen;
    throw new UsageError(`${name} has several pending results: ${waits}`, 'name one with --run or --digest');
  });
}

/** The rejected results named in a call. @throws NotFound */
export function namedRejected(
  rejected: readonly RejectedGolden[],
  { names = [] }: GoldenArguments,
): readonly RejectedGolden[] {
  return names.flatMap((name) => {
    const found = rejected.filter((item) => item.name === name);
    if (found.length > 0) return found;
    const known = rejected.map((item) => item.name);
    throw new NotFound(`no result of ${name} is rejected`, nearNames(name, known));
  });
}

function isNamed({ run, golden }: PendingGolden, args: GoldenArguments): boolean {
  const { result_digest } = golden.record;
  return (args.run === undefined || args.run === run) && result_digest.startsWith(args.digest ?? '');
}
