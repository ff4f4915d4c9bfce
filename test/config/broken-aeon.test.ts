import t from 'tap';
import { checkBroken } from './broken.js';
import { AEON_CASES } from './cases/aeon.js';

checkBroken(t, 'a.yaml', AEON_CASES);
