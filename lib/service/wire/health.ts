import { flag, integer, number, object, text, type Infer } from '../../base/schema.js';
import { named } from './named-schema.js';

export const HEALTH = named(
  'Health',
  object('Health of the service.', {
    live: flag('The process answers.'),
    ready: flag('It can also start runs.'),
    version: text('Version of the package.'),
    engine_version: text('Version of the engine.'),
    boot_id: text('Id of this start of the service.'),
    uptime_s: number('Seconds since it started.'),
    store: object('The artefact tree.', {
      ok: flag('Whether it can be read.'),
      runs: integer('Number of runs.'),
      message: text('Its problems; empty if there are none.'),
    }),
    scenarios: integer('Scenarios in the registry.'),
  }),
);
export type Health = Infer<typeof HEALTH>;
