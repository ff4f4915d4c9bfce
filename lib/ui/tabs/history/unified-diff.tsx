import type { JSX } from 'react';

/** A unified diff. The first character of a line marks its kind; the colour is redundant. */
export function UnifiedDiff({ text }: { readonly text: string }): JSX.Element {
  return (
    <pre className="block history-diff" tabIndex={0} role="region" aria-label="Difference of the records">
      {text
        .replace(/\n$/, '')
        .split('\n')
        .map((line, index) => (
          <span key={index} data-kind={kindOf(line)}>
            {`${line}\n`}
          </span>
        ))}
    </pre>
  );
}

function kindOf(line: string): 'head' | 'added' | 'removed' | 'same' {
  if (/^(---|\+\+\+|@@|===|Index:)/.test(line)) return 'head';
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : 'same';
}
