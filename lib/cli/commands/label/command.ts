import { isLabelKey, parseLabel } from '../../../base/label.js';
import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
import type { LabelWords } from './action.js';
import { declareCommand, type Command } from '../../options/declare-command.js';
import { LABEL_OPERANDS, LABEL_OPTIONS } from './options.js';

/** Labels runs. */
export function labelCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'label',
    describe: 'Label runs: key=value, stored beside their records, not part of any hash',
    operands: LABEL_OPERANDS,
    options: LABEL_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether label latest review=open', 'One run')
        .example("aether label 'ring-5[[]*' study=waves team=a", 'Every cell of a sweep')
        .example('aether label --batch latest night=2026-11-28', 'Every run of the last batch')
        .example('aether label ring-5 --remove review', 'Remove a label; its history is kept')
        .epilogue('Labels are available as columns and in conditions: label.<key>.'),
    handler: async (args) => {
      const words = labelWords(args.words ?? []);
      const strange = (args.remove ?? []).find((key) => !isLabelKey(key));
      if (strange !== undefined)
        throw new UsageError(`--remove must be the key of a label, got ${JSON.stringify(strange)}`);
      const { labelRuns } = await import('./action.js');
      context.exit(await labelRuns(args, words, context));
    },
  });
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
