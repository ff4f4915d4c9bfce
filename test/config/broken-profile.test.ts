import t from 'tap';
import { checkBroken } from './broken.js';
import { PROFILE_CASES } from './cases/profile.js';

checkBroken(t, 'p.yaml', PROFILE_CASES);
