import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { AUDIT_OPERANDS, AUDIT_OPTIONS } from './options.js';

/** Checks that digests are equal for every way of executing a selection. */
export function auditCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'audit',
    describe:
      'Run a selection under varied concurrency, order, time zone, language and node options; digests must agree',
    operands: AUDIT_OPERANDS,
    options: AUDIT_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether audit manifests/reference.yaml', 'Every reference scenario, in five rounds')
        .example("aether audit -g '^gf' --json", 'A selection, with the report as JSON')
        .epilogue(
          'Each round runs in a separate process with a temporary store; the stores are kept as evidence when digests differ. Exit codes: 0 every digest agrees, 1 a digest differs: the first divergence is named.',
        ),
    handler: acting(context, async () => (await import('./action.js')).showAudit),
  });
}
