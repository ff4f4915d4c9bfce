import type { CommandModule } from 'yargs';
import { isLabelKey, parseLabel } from '../../../base/label.js';
import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
import { manyTexts } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { SELECTION_OPTIONS } from '../../options/selection-options.js';
import type { LabelArguments, LabelWords } from './action.js';

/** Name of the author, for every command that adds a remark. */
export const BY = {
  ...text,
  describe: 'Name of the author',
  defaultDescription: '$AETHER_BY, user.name of git, or the system user',
} as const;

const LABEL_OPTIONS = {
  ...SELECTION_OPTIONS,
  remove: {
    ...text,
    repeats: true,
    describe: 'Key of a label to remove; may be repeated',
    coerce: manyTexts,
  },
  by: BY,
  json: { type: 'boolean', describe: 'Print the labels and notes of the runs as JSON' },
} as const;

/** Labels runs. */
export function labelCommand(context: CommandContext): CommandModule<object, LabelArguments> {
  return {
    command: 'label [words..]',
    describe: 'Label runs: key=value, stored beside their records, not part of any hash',
    builder: (yargs) =>
      yargs
        .positional('words', {
          type: 'string',
          array: true,
          describe:
            'Runs, as for table, and labels as key=value; without labels, print the labels of the runs',
        })
        .options(LABEL_OPTIONS)
        .example('aether label latest review=open', 'One run')
        .example("aether label 'ring-5[[]*' study=waves team=a", 'Every cell of a sweep')
        .example('aether label --batch latest night=2026-11-28', 'Every run of the last batch')
        .example('aether label ring-5 --remove review', 'Remove a label; its history is kept')
        .epilogue('Labels are available as columns and in conditions: label.<key>.') as never,
    handler: async (args) => {
      const words = labelWords(args.words ?? []);
      const strange = (args.remove ?? []).find((key) => !isLabelKey(key));
      if (strange !== undefined)
        throw new UsageError(`--remove must be the key of a label, got ${JSON.stringify(strange)}`);
      const { labelRuns } = await import('./action.js');
      context.exit(await labelRuns(args, words, context));
    },
  };
}

function labelWords(words: readonly string[]): LabelWords {
  const labels: Record<string, string> = {};
  const selectors: string[] = [];
  for (const word of words) {
    if (!/^[^[=]*=/.test(word)) {
      selectors.push(word);
      continue;
    }
    const parsed = parseLabel(word);
    if (!parsed.ok) throw new UsageError(`a label must be ${parsed.expected}, got ${JSON.stringify(word)}`);
    labels[parsed.key] = parsed.value;
  }
  return { selectors, labels };
}
