import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

let ajv: Ajv2020 | undefined;

/**
 * The validator of one level of a document schema. This one is compiled when it is first needed; in the bundled programs
 * vite.cli.config.js puts validators in its place that were compiled by the build, since compiling them takes longer than
 * all else that a small command does.
 *
 * @param _place of the level, as `schemaLevels` names it
 */
export function levelValidator(_place: string, level: () => Record<string, unknown>): ValidateFunction {
  ajv ??= createAjv();
  return ajv.compile(level());
}

/**
 * Start-up counts: the schemas are our own, so tests hold them against the meta-schema instead of every process.
 *
 * @param source true to get the code of what is compiled
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
