import t from 'tap';
import { checkBroken } from './broken.js';
import { SCENARIO_REGISTRY_CASES } from './cases/scenario-registry.js';

checkBroken(t, 's.yaml', SCENARIO_REGISTRY_CASES);
