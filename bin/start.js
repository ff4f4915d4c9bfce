/* Starts a program of the bundle. An old Node must be able to read this file to refuse to go on, so it is written for one. */
module.exports = function (program) {
  var least = [20, 19];
  var found = process.versions.node.split('.').map(Number);
  if (found[0] < least[0] || (found[0] === least[0] && found[1] < least[1])) {
    console.error(
      program + ': Node ' + least.join('.') + ' or later is needed, this is ' + process.versions.node,
    );
    console.error('  install a later Node, see https://nodejs.org');
    process.exitCode = 2;
    return;
  }
  try {
    require('../dist/cli/' + program + '.js').ended.catch(unreadable);
  } catch (error) {
    unreadable(error);
  }

  /* So few descriptors that not even the program can be read: as wherever else they run out. */
  function unreadable(error) {
    if (error.code !== 'EMFILE' && error.code !== 'ENFILE') throw error;
    console.error(program + ': STORE_TOO_MANY_FILES: ' + error.message);
    process.exitCode = 5;
  }
};
