import { Transform, type TransformCallback } from 'node:stream';
import { Parser, type Result } from 'tap-parser';

/** Diagnosis of tap for a failed assertion, or for the process of a failed file. */
interface Diagnosis {
  readonly at?: { readonly fileName?: string; readonly lineNumber?: number };
  readonly diff?: string;
  readonly found?: unknown;
  readonly wanted?: unknown;
  readonly stack?: string;
  readonly exitCode?: number | null;
  readonly signal?: string | null;
}

/**
 * A TAP stream as text for people, on a terminal or in a file: each failure with its place and difference, a line for each
 * test of the first level, which is a process that runs one file or several, the skipped tests with their reasons, and the
 * counts.
 */
export default class ReadableReport extends Transform {
  readonly #parser = new Parser();
  readonly #skipped: string[] = [];
  #passed = 0;
  #failed = 0;
  /** Failures up to the end of the last process. */
  #failedBefore = 0;
  #time = 0;

  constructor() {
    super();
    this.#listen(this.#parser, 0);
    this.#parser.on('complete', ({ time }) => (this.#time = time ?? 0));
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#parser.write(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#parser.end();
    const skipped = this.#skipped.length === 0 ? '' : `, ${String(this.#skipped.length)} skipped`;
    if (skipped !== '') this.push(`\nskipped:\n${this.#skipped.join('')}`);
    const counts = `${String(this.#passed)} passed, ${String(this.#failed)} failed`;
    this.push(`\n${counts}${skipped} in ${seconds(this.#time)}\n`);
    done();
  }

  #listen(parser: Parser, depth: number): void {
    parser.on('child', (child: Parser) => {
      this.#listen(child, depth + 1);
    });
    parser.on('assert', (result: Result) => {
      if (!result.closingTestPoint) this.#count(result);
      if (depth === 0) this.#process(result);
    });
  }

  #count(result: Result): void {
    if (result.skip !== false) this.#skipped.push(`  ${titleOf(result)}: ${reasonOf(result)}\n`);
    else if (result.ok || result.todo !== false) this.#passed++;
    else {
      this.#failed++;
      this.push(failureOf(result));
    }
  }

  /** A process may also fail outside of assertions, or exceed its time limit: then it is the failure. */
  #process(result: Result): void {
    if (!result.ok && this.#failed === this.#failedBefore) this.#failed++;
    this.#failedBefore = this.#failed;
    const { exitCode, signal } = (result.diag ?? {}) as Diagnosis;
    const end = signal ? `  ended by ${signal}` : exitCode ? `  exit code ${String(exitCode)}` : '';
    const mark = result.ok ? 'ok' : 'FAIL';
    this.push(
      `${mark.padEnd(4)} ${seconds(result.time ?? 0).padStart(8)}  ${sourceName(result.name)}${end}\n`,
    );
  }
}

function failureOf(result: Result): string {
  const { at, diff, found, wanted, stack } = (result.diag ?? {}) as Diagnosis;
  const where = at?.fileName === undefined ? testLine(stack) : `${at.fileName}:${String(at.lineNumber ?? 0)}`;
  const place = where === undefined ? '' : `  at ${where}\n`;
  const values = [
    found === undefined ? '' : `found:    ${JSON.stringify(found)}\n`,
    wanted === undefined ? '' : `expected: ${JSON.stringify(wanted)}\n`,
  ];
  const details = diff ?? (values.join('') || (stack ?? ''));
  return `\nnot ok: ${titleOf(result)}\n${place}${details.replace(/^(?=.)/gm, '    ')}\n`;
}

function testLine(stack = ''): string | undefined {
  return /\btest\/[^()\s]+\.ts:\d+/.exec(stack)?.[0];
}

function titleOf({ fullname }: Result): string {
  return sourceName(fullname);
}

function reasonOf({ skip }: Result): string {
  return typeof skip === 'string' && skip !== '' ? skip : 'no reason given';
}

/** The source of a compiled test. */
function sourceName(name: string): string {
  return name.replace(/^dist\/(.*?\.test)\.js/, '$1.ts');
}

/** @param ms milliseconds */
function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
