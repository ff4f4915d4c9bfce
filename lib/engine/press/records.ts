import {
  count,
  json,
  list,
  mapOf,
  mixed,
  oneOf,
  orNull,
  record,
  safeInteger,
  text,
  type Infer,
} from '../../base/schema.js';
import { ACCOUNTINGS, DESCRIPTOR_TYPES, SCHEMES } from '../inputs.js';

const LENGTHS = {
  L_model: count('Bits of the model.'),
  L_residual: count('Bits of the residual.'),
  L_total: count('Bits of both.'),
};

const MANIFEST_STREAM = record('The description of one stream.', {
  stream_id: text('The stream.'),
  description: text('Its description.'),
  scheme: oneOf(SCHEMES, 'Chosen coding scheme.'),
  params: safeInteger('Its parameter.'),
  ...LENGTHS,
});
export type ManifestStream = Infer<typeof MANIFEST_STREAM>;

/** Schema of APX manifests. */
export const APX_MANIFEST = record(
  'APX manifest of a closed window (engine contract, section 5.4).',
  {
    apx_name: text('Name of the manifest.'),
    profile: text('Name of the profile.'),
    manifest_check: count('Check number over the names and the streams; the envelopes contain it.'),
    gid: text('Graph of the run.'),
    window_id: text('The window.'),
    streams: list(MANIFEST_STREAM, 'In the order of the window.'),
  },
  {
    apxi_view_ref: text(
      'Reference to the APXi view of the window; only if it has one, and not part of the check.',
    ),
  },
);
/** APX manifest of a closed window (section 5.4). */
export type ApxManifest = Infer<typeof APX_MANIFEST>;

/** Schema of candidate tables. */
export const APX_CANDIDATES = record('The whole candidate table of a window.', {
  apx_name: text('Name of the manifest.'),
  gid: text('Graph of the run.'),
  window_id: text('The window.'),
  accounting: oneOf(ACCOUNTINGS, 'Accounting of description lengths.'),
  streams: list(
    record('Candidates of one stream.', {
      stream_id: text('The stream.'),
      values: count('Number of values in the window.'),
      chosen: oneOf(SCHEMES, 'The scheme in the manifest.'),
      candidates: list(
        record('A candidate.', {
          scheme: oneOf(SCHEMES, 'Coding scheme.'),
          params: safeInteger('Its parameter.'),
          L_total: mixed(
            ['integer', 'string'],
            'Its bits. Decimal text above 2^53-1, which only a candidate that is not chosen can reach, so that it is not rounded.',
          ),
        }),
        'All candidates.',
      ),
    }),
    'In the order of the window.',
  ),
});
/** The whole candidate table of a window. */
export type ApxCandidates = Infer<typeof APX_CANDIDATES>;

const VIEWED_DESCRIPTOR = record('One descriptor of a view.', {
  descriptor: record('The descriptor as the document gives it.', {
    descriptor_id: text('Name of the descriptor.'),
    descriptor_type: oneOf(DESCRIPTOR_TYPES, 'How the stream is predicted.'),
    window_id: text("The window's aeon_window_id when it has one, else its window_id."),
    stream_id: text('Stream that is predicted.'),
    params: mapOf(json('A parameter.'), 'The prediction; the keys depend on the type.'),
    labels: list(text('A label.'), 'Names for people.'),
  }),
  residual_scheme: oneOf(SCHEMES, 'Coding scheme of its residuals.'),
  ...LENGTHS,
});
export type ViewedDescriptor = Infer<typeof VIEWED_DESCRIPTOR>;

/** Schema of APXi views. */
export const APXI_VIEW = record('APXi view of a closed window (engine contract, section 12).', {
  apx_name: text('Name of the manifest that belongs to the view.'),
  window_id: text('The window.'),
  aeon_window_id: orNull(text('Window of the AEON grammar that it realises; null if none.')),
  residual_scheme: oneOf(SCHEMES, 'Coding scheme of the residuals.'),
  descriptors_by_stream: mapOf(
    list(VIEWED_DESCRIPTOR, 'Sorted by `descriptor_id`.'),
    'Descriptors of each stream that has any. One that predicts every value leaves a residual of 0 bits.',
  ),
});
/** APXi view record of a closed window (section 12). */
export type ApxiView = Infer<typeof APXI_VIEW>;
