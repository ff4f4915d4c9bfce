import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

let ajv: Ajv2020 | undefined;

/**
 * The validator of one level of a document schema, compiled on first use. In the bundled programs
 * vite.cli.config.js replaces it by a validator that was compiled at build time, because compiling takes
 * longer than the rest of a small command.
 *
 * @param _place place of the level, as in `schemaLevels`
 */
export function levelValidator(_place: string, level: () => Record<string, unknown>): ValidateFunction {
  ajv ??= createAjv();
  return ajv.compile(level());
}

/**
 * Start-up time matters: the schemas are our own, so tests validate them against the meta-schema instead of
 * every process.
 *
 * @param source true to keep the code of compiled validators
 */
export function createAjv(source = false): Ajv2020 {
  const fast = {
    validateSchema: false,
    meta: false,
    code: { optimize: source, source, esm: source },
  } as const;
  const made = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    ...fast,
  });
  made.addVocabulary(['x-expected', 'x-path']);
  return made;
}
