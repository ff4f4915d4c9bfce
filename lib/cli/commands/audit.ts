import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.js';
import { manyTexts, onePattern, oneText } from '../option-values.js';

const text = { type: 'string', requiresArg: true } as const;

const AUDIT_OPTIONS = {
  manifests: {
    array: true,
    type: 'string',
    requiresArg: true,
    describe: 'Manifests to load, as files or globs',
    defaultDescription: 'manifests/*.yaml',
  },
  grep: {
    ...text,
    alias: 'g',
    describe: 'Only runs whose name matches this regular expression',
    coerce: onePattern('--grep'),
  },
  tag: { ...text, describe: 'Only scenarios with this tag; may be repeated', coerce: manyTexts },
  profile: { ...text, describe: 'Named set of settings from the manifests', coerce: oneText('--profile') },
  set: {
    ...text,
    alias: 'S',
    describe: 'Put a value into the resolved documents; may be repeated',
    coerce: manyTexts,
  },
  json: { type: 'boolean', describe: 'Print the report as JSON' },
} as const;

export interface AuditArguments {
  readonly globs?: readonly string[];
  readonly manifests?: readonly string[];
  readonly grep?: RegExp;
  readonly tag?: readonly string[];
  readonly profile?: string;
  readonly set?: readonly string[];
  readonly json?: boolean;
}

/** Demands equal digests however a selection is executed. */
export function auditCommand(context: CommandContext): CommandModule<object, AuditArguments> {
  return {
    command: 'audit [globs..]',
    describe:
      'Run a selection under varied concurrency, order, time zone, language and node options; digests must agree',
    builder: (yargs) =>
      yargs
        .positional('globs', { type: 'string', array: true, describe: 'Manifests, as with --manifests' })
        .options(AUDIT_OPTIONS)
        .example('aether audit manifests/reference.yaml', 'Every reference scenario, five ways')
        .example("aether audit -g '^gf' --json", 'Some of them, with the report as JSON')
        .epilogue(
          'Each round runs in a process and a temporary store of its own; what differs is left there as evidence. Exit codes: 0 every digest agrees, 1 one does not: the first divergence is named.',
        ) as never,
    handler: async (args) => {
      const { showAudit } = await import('../audit/show-audit.js');
      context.exit(await showAudit(args, context));
    },
  };
}
