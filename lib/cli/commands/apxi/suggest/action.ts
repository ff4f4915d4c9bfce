import { countText } from '../../../../base/quantity.js';
import { suggestApxi, type ApxiSuggestions, type Suggestion } from '../../../../inspect/apxi/suggest.js';
import type { CommandContext } from '../../../command-context.js';
import { foundOr } from '../../../command-error.js';
import { EXIT, type ExitCode } from '../../../exit-codes.js';
import { withRuns } from '../../../inspect/with-run.js';
import type { ApxiSuggestArguments } from './options.js';

/** Prints descriptors for the streams of a window, as YAML for the document. */
export function showSuggestions(
  { run: ref, store, window, scheme, json }: ApxiSuggestArguments,
  { terminal }: CommandContext,
): Promise<ExitCode> {
  return withRuns(store, [ref], async (run) => {
    const suggestions = foundOr(await suggestApxi(run!, window, scheme));
    terminal.out(
      json === true ? `${JSON.stringify(suggestions)}\n` : `${yamlLines(suggestions).join('\n')}\n`,
    );
    return EXIT.ok;
  });
}

function yamlLines({ run, window_id, residual_scheme, streams }: ApxiSuggestions): string[] {
  const lines = [
    `# for window ${quoted(window_id)}, measured on run ${run}`,
    'apxi_enabled: true',
    `apxi_residual_scheme: ${residual_scheme}`,
    'apxi_descriptors:',
  ];
  for (const { stream_id, suggestions, tried } of streams) {
    lines.push(`  ${quoted(stream_id)}:${suggestions.length === 0 ? ' []' : ''}`);
    if (tried.candidates < tried.of)
      lines.push(`    # ${countText(tried.candidates)} of ${countText(tried.of)} candidates were tried`);
    for (const suggestion of suggestions) lines.push(...descriptorLines(suggestion));
  }
  return lines;
}

/** JSON is valid YAML, for any names. */
function descriptorLines({ descriptor, L_model, L_residual, L_total }: Suggestion): string[] {
  const { descriptor_id, descriptor_type, window_id, stream_id, params } = descriptor;
  return [
    `    # ${countText(L_total)} bits: model ${countText(L_model)}, residual ${countText(L_residual)}`,
    `    - descriptor_id: ${quoted(descriptor_id)}`,
    `      descriptor_type: ${descriptor_type}`,
    `      window_id: ${quoted(window_id)}`,
    `      stream_id: ${quoted(stream_id)}`,
    `      params: ${JSON.stringify(params).replaceAll(',', ', ').replaceAll(':', ': ')}`,
  ];
}

function quoted(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
