import { AetherError } from '../../../base/errors.js';
import { bytesText } from '../../../base/quantity.js';
import { drawingPage, isOwnDrawing, isOwnPoints } from '../../../inspect/plot/own-drawing.js';
import { plotPoints } from '../../../inspect/plot/plot-points.js';
import { plotRun } from '../../../inspect/plot/plot-run.js';
import { writePieces } from '../../../platform/index.js';
import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
import type { PlotArguments } from './options.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { refuseInputs } from '../../output/claim.js';
import { onePiece } from '../../output/one-piece.js';
import { outputState } from '../../output/own-file.js';
import { STDOUT } from '../../output/write-output.js';
import { withRuns } from '../../inspect/with-run.js';

/** Draws a run to a file, or to stdout unless that is a terminal; JSON points likewise. */
export function drawRun(
  ref: string,
  { store, output = STDOUT, json }: PlotArguments,
  context: CommandContext,
): Promise<ExitCode> {
  const place = drawingPlace({ output, store, isText: json === true }, context);
  return withRuns(store, [ref], async (run) => {
    await place.write(json === true ? `${JSON.stringify(await plotPoints(run!))}\n` : await plotRun(run!));
    return EXIT.ok;
  });
}

/** Destination of a drawing. */
export interface DrawingPlace {
  write(text: string): Promise<void>;
}

/**
 * Checks the destination of a drawing before anything is read.
 *
 * @throws UsageError
 */
export function drawingPlace(
  { output, store, isText }: { readonly output: string; readonly store: string; readonly isText: boolean },
  { terminal }: CommandContext,
): DrawingPlace {
  if (output === STDOUT && !isText && terminal.isPaged) {
    throw new UsageError('a drawing is not shown on a terminal', 'name a file with -o, or redirect stdout');
  }
  const refuse = (): void => {
    if (output !== STDOUT) refuseForeign(output, store);
  };
  refuse();
  const isPage = !isText && isPageName(output);
  return {
    async write(text) {
      const content = isPage ? drawingPage(text) : text;
      if (output === STDOUT) {
        terminal.data(content);
        return;
      }
      await write(output, content, refuse);
      terminal.err(`${output}: ${bytesText(Buffer.byteLength(content))}\n`);
    },
  };
}

/** Extensions of other picture formats: programs could not read a drawing under such a name. */
const OTHER_PICTURES = /\.(png|jpe?g|gif|webp|avif|bmp|tiff?|pdf|e?ps)$/i;

/** True for a file name of an HTML page. @throws UsageError for the extension of another picture format */
function isPageName(output: string): boolean {
  if (OTHER_PICTURES.test(output)) {
    throw new UsageError(`a drawing is an .svg or .html file, got ${output}`, 'name it .svg or .html');
  }
  return /\.html?$/i.test(output);
}

/** Refuses to replace anything but an earlier drawing. @throws UsageError */
function refuseForeign(output: string, store: string): void {
  refuseInputs('-o', [output], { store });
  const state = outputState(output, (content) => isOwnDrawing(content) || isOwnPoints(content));
  if (state !== 'foreign') return;
  throw new UsageError(
    `${output} exists and is not a drawing of aether plot`,
    'choose another file; -o - writes to standard output',
  );
}

async function write(file: string, text: string, refuse: () => void): Promise<void> {
  try {
    await writePieces(file, onePiece(text), refuse);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new AetherError('OUTPUT_UNWRITABLE', `cannot write ${file}: ${why}`, error);
  }
}
