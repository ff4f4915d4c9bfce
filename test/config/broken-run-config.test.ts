import t from 'tap';
import { checkBroken } from './broken.js';
import { RUN_CONFIG_CASES } from './cases/run-config.js';

checkBroken(t, 'r.yaml', RUN_CONFIG_CASES);
