import { planAndRunOne } from './action.js';
import type { CommandContext } from '../../command-context.js';
import type { RunArguments } from './options.js';
import type { ExitCode } from '../../exit-codes.js';
import { isNamed } from '../../scenarios/manifest-files.js';
import { watchHere } from '../../watch/watch-here.js';

/**
 * Runs one scenario or document, and again after each change of its documents; each is compared with the
 * previous one.
 */
export function watchRun(args: RunArguments, context: CommandContext): Promise<ExitCode> {
  const manifests = isNamed(args.scenario) ? [args.scenario] : (args.manifests ?? []);
  return watchHere(context, manifests, ({ number, files, before, made }, interruption) => {
    const { force: _, ...again } = args;
    return planAndRunOne(number === 1 ? args : again, context, { interruption, files, before, made });
  });
}
