import type { SelectionArguments } from '../options/selection-options.js';

/** Options that ask for many runs. */
const MANY = ['scenario', 'batch', 'manifest', 'tag', 'state', 'since', 'where', 'all-executions'] as const;

/** The options of a command line that select. */
export function selectingOptions(args: SelectionArguments): readonly string[] {
  return MANY.filter((name) => args[name] !== undefined && args[name] !== false);
}

/** The one run that a command line names; undefined where it selects many, or says nothing. */
export function namedRun(args: SelectionArguments): string | undefined {
  const [only, ...others] = args.selector ?? [];
  const isOne = only !== undefined && others.length === 0 && !/[*?]/.test(only);
  return isOne && selectingOptions(args).length === 0 ? only : undefined;
}
