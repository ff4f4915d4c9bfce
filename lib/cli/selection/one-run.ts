import type { SelectionArguments } from '../options/selection-options.js';

/** Options that select many runs. */
const MANY = ['scenario', 'batch', 'manifest', 'tag', 'state', 'since', 'where', 'all-executions'] as const;

/** The selecting options of a command line. */
export function selectingOptions(args: SelectionArguments): readonly string[] {
  return MANY.filter((name) => args[name] !== undefined && args[name] !== false);
}

/** The single run of a command line; undefined if it selects many, or none. */
export function namedRun(args: SelectionArguments): string | undefined {
  const [only, ...others] = args.selector ?? [];
  const isOne = only !== undefined && others.length === 0 && !/[*?]/.test(only);
  return isOne && selectingOptions(args).length === 0 ? only : undefined;
}
