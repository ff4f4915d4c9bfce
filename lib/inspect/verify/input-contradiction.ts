import type { Digest } from '../../base/digest.js';
import type { RunInputs } from '../../engine/inputs.js';
import { ENGINE_VERSION, inputKey } from '../../session/input-key.js';
import type { RunRecord } from '../../store/record-types.js';

/** A field of a run record that does not match its inputs. */
export interface WrongInputDigest {
  readonly field: string;
  readonly expected: Digest | null;
  readonly found: Digest | null;
}

/**
 * The digests of the documents follow from the recorded inputs, and the key from them and the version of this
 * engine.
 */
export function wrongInputDigests(record: RunRecord, inputs: RunInputs): readonly WrongInputDigest[] {
  const { key, documents } = inputKey(inputs);
  const claims = Object.entries(documents).map(([document, expected]) => {
    return { field: `inputs/${document}`, expected, found: record.inputs[document] ?? null };
  });
  if (record.engine.version === ENGINE_VERSION)
    claims.push({ field: 'input_key', expected: key, found: record.input_key });
  return claims.filter(({ expected, found }) => expected !== found);
}

/**
 * A contradiction between the record of a run of this engine and the bytes of its recorded inputs, as a
 * sentence; undefined if there is none. Documents of another engine may have another shape, and their key
 * cannot be computed here.
 */
export function inputContradiction(record: RunRecord, bytes: Uint8Array): string | undefined {
  if (record.engine.version !== ENGINE_VERSION) return undefined;
  const inputs = parsedInputs(bytes);
  if (inputs === undefined) return 'the recorded inputs are not the inputs of a run';
  const field =
    wrongInputDigests(record, inputs)[0]?.field ??
    (record.ticks_total === inputs.run.ticks ? undefined : 'ticks_total');
  return field === undefined ? undefined : `the recorded inputs do not match the ${field} of the record`;
}

/** Undefined if the bytes cannot be hashed as inputs. */
export function parsedInputs(bytes: Uint8Array): RunInputs | undefined {
  try {
    const inputs = JSON.parse(Buffer.from(bytes).toString('utf8')) as RunInputs;
    inputKey(inputs);
    return inputs;
  } catch {
    return undefined;
  }
}
