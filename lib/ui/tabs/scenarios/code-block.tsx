import { useEffect, useRef, type JSX } from 'react';

/**
 * Line height in pixels, as in the style sheet. Numbers and code are one text each, so that a long document
 * renders fast.
 */
const LINE = 18;
const PADDING = 10;

/** A text with line numbers that are not copied; scrolls to a marked line. */
export function CodeBlock({
  label,
  text,
  line,
}: {
  readonly label: string;
  readonly text: string;
  readonly line: number;
}): JSX.Element {
  const block = useRef<HTMLDivElement>(null);
  const shown = text.endsWith('\n') ? text.slice(0, -1) : text;
  const count = shown.split('\n').length;
  useEffect(() => {
    if (block.current !== null) block.current.scrollTop = Math.max(0, (line - 4) * LINE);
  }, [line]);
  return (
    <div ref={block} className="code-block" role="region" aria-label={label} tabIndex={0}>
      <div className="code-mark" style={{ top: PADDING + (line - 1) * LINE }} />
      <pre className="code-numbers" aria-hidden="true">
        {Array.from({ length: count }, (_, index) => index + 1).join('\n')}
      </pre>
      <pre className="code-text">{shown}</pre>
    </div>
  );
}
