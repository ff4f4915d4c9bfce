import { CHART_KINDS } from '../../../inspect/chart/chart-kinds.js';
import { text } from '../../options/common-options.js';
import { OPEN_OPTION } from '../../output/open-output.js';
import { SELECTION_OPTIONS, SELECTOR_OPERANDS } from '../../options/selection-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

/** Options that select a drawing of many runs. */
const CHART_OPTIONS = {
  x: {
    ...text,
    describe: 'Column of the x axis: an axis of the sweep, or any other column',
    defaultDescription: 'what varies',
  },
  y: {
    ...text,
    describe: 'Integer column of the y axis; in a heat map the shade',
    defaultDescription: 'press_bits',
  },
  series: { ...text, describe: 'Column that selects the colour; in a heat map the rows' },
  facet: { ...text, describe: 'Column that selects the panel' },
  kind: {
    ...text,
    choices: CHART_KINDS,
    describe: 'Kind of the drawing',
    defaultDescription: 'derived from the columns',
  },
  title: { ...text, describe: 'Title of the drawing' },
} as const;

export const PLOT_OPTIONS = {
  output: {
    ...text,
    path: 'file',
    alias: 'o',
    describe: 'File to write, .svg or .html; required if standard output is a terminal',
    defaultDescription: 'stdout',
  },
  open: OPEN_OPTION,
  ...CHART_OPTIONS,
  json: { type: 'boolean', describe: 'Print the points of the drawing of one run as JSON' },
  ...SELECTION_OPTIONS,
} as const satisfies Options;

export const PLOT_OPERANDS = { '[selector..]': SELECTOR_OPERANDS } as const satisfies Operands;

export type PlotArguments = Parsed<typeof PLOT_OPTIONS, typeof PLOT_OPERANDS>;
