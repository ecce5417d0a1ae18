// Preloaded where a profile is taken: Node.js writes it when the process ends in order, and a signal does not do that.
'use strict';
process.once('SIGTERM', () => process.exit());
