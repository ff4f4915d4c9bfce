import { flag, integer, named, number, object, text, type Infer } from './schema.js';

export const HEALTH = named(
  'Health',
  object('Whether the service can do its work.', {
    live: flag('The process answers.'),
    ready: flag('It can also start runs.'),
    version: text('Version of the package.'),
    engine_version: text('Version of the engine’s behaviour.'),
    boot_id: text('Changes with every start of the service.'),
    uptime_s: number('Seconds since it started.'),
    store: object('The artefact tree.', {
      ok: flag('Whether it can be read.'),
      runs: integer('Runs it holds.'),
      message: text('What is wrong with it; empty when nothing is.'),
    }),
    scenarios: integer('Scenarios in the registry.'),
  }),
);
export type Health = Infer<typeof HEALTH>;
