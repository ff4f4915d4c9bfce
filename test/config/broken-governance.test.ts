import t from 'tap';
import { checkBroken } from './broken.js';
import { GOVERNANCE_CASES } from './cases/governance.js';

checkBroken(t, 'g.yaml', GOVERNANCE_CASES);
