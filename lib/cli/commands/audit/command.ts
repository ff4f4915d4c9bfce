import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { GREP, MANIFEST_OPERANDS, MANIFESTS, PROFILE, ROOT, SET, TAG } from '../../options/common-options.js';
import type { AuditArguments } from './action.js';

const AUDIT_OPTIONS = {
  root: ROOT,
  manifests: MANIFESTS,
  grep: GREP,
  tag: TAG,
  profile: PROFILE,
  set: SET,
  json: { type: 'boolean', describe: 'Print the report as JSON' },
} as const;

/** Checks that digests are equal for every way of executing a selection. */
export function auditCommand(context: CommandContext): CommandModule<object, AuditArguments> {
  return {
    command: 'audit [globs..]',
    describe:
      'Run a selection under varied concurrency, order, time zone, language and node options; digests must agree',
    builder: (yargs) =>
      yargs
        .positional('globs', MANIFEST_OPERANDS)
        .options(AUDIT_OPTIONS)
        .example('aether audit manifests/reference.yaml', 'Every reference scenario, in five rounds')
        .example("aether audit -g '^gf' --json", 'A selection, with the report as JSON')
        .epilogue(
          'Each round runs in a separate process with a temporary store; the stores are kept as evidence when digests differ. Exit codes: 0 every digest agrees, 1 a digest differs: the first divergence is named.',
        ) as never,
    handler: async (args) => {
      const { showAudit } = await import('./action.js');
      context.exit(await showAudit(args, context));
    },
  };
}
