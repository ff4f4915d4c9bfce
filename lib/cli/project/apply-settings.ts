import type { Labels } from '../../base/label.js';
import type { ProjectSettings } from '../../config/project-file/project-settings.js';
import { DOCUMENT_REPORTERS, type ReporterName } from '../../config/reporter-names.js';
import type { CommandShape } from '../completion/command-shape.js';
import { resolveSettings } from './resolve-settings.js';

type Parsed = Record<string, unknown>;

/** Commands that do not use the settings of a project. */
const WITHOUT: ReadonlySet<string> = new Set(['config', 'init', 'validate', 'completion']);

/**
 * Sets options that were not typed to their values in the environment and the project file. A command without
 * such options reads neither.
 *
 * @throws UsageError, InvalidDocuments
 */
export async function applySettings(
  command: CommandShape,
  parsed: Parsed,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (WITHOUT.has(command.path)) return;
  const isOpen = (option: string): boolean =>
    command.options.some(({ name }) => name === option) &&
    (parsed[option] === undefined || option === 'label');
  const open = OPTIONS.filter(({ option }) => isOpen(option));
  if (open.length === 0) return;
  const { settings, origins } = await resolveSettings({}, env);
  for (const { option, name, value } of open) {
    const isDefault = origins[name] === 'default';
    const found = value(settings, { parsed, command, isDefault });
    if (found !== undefined) parsed[option] = found;
  }
}

interface Call {
  readonly parsed: Parsed;
  readonly command: CommandShape;
  /** True if the value is the default. */
  readonly isDefault: boolean;
}

interface SettableOption {
  readonly option: string;
  readonly name: keyof ProjectSettings;
  /** Undefined if the command decides itself. */
  readonly value: (settings: ProjectSettings, call: Call) => unknown;
}

const OPTIONS: readonly SettableOption[] = [
  { option: 'store', name: 'store', value: ({ store }) => store },
  {
    option: 'golden',
    name: 'golden',
    // gc reads goldens only if there are any.
    value: ({ golden }, { command, isDefault }) =>
      isDefault && command.path === 'store gc' ? undefined : golden,
  },
  {
    option: 'manifests',
    name: 'manifests',
    value: ({ manifests }, { parsed, isDefault }) =>
      isDefault || hasWords(parsed['globs']) ? undefined : manifests,
  },
  {
    option: 'label',
    name: 'labels',
    // Labels are separate settings: the line adds to those of the project.
    value: ({ labels }, { parsed }) => ({ ...labels, ...(parsed['label'] as Labels | undefined) }),
  },
  { option: 'jobs', name: 'jobs', value: ({ jobs }) => jobs ?? undefined },
  {
    option: 'output',
    name: 'output',
    value: ({ output }, call) => (isBatch(call) ? (output ?? undefined) : undefined),
  },
  {
    option: 'reporter',
    name: 'reporters',
    value: ({ reporters, output }, call) =>
      call.isDefault || !isBatch(call) ? undefined : fitting(reporters, output, call.parsed),
  },
];

function isBatch({ command }: Call): boolean {
  return command.path === 'batch' || command.path === '';
}

/** `--json` needs the whole standard output, so without a directory no other document is written. */
function fitting(
  reporters: readonly ReporterName[],
  output: string | null,
  parsed: Parsed,
): readonly ReporterName[] | undefined {
  const directory = parsed['output'] ?? output;
  if (parsed['json'] !== true || directory !== null) return reporters;
  const documents: readonly ReporterName[] = [...DOCUMENT_REPORTERS, 'json'];
  return reporters.filter((name) => !documents.includes(name));
}

function hasWords(words: unknown): boolean {
  return Array.isArray(words) && words.length > 0;
}
