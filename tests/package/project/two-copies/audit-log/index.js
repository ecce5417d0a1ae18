const { waitUntil } = require('background-tasks');

exports.waitUntil = waitUntil;
exports.audit = (entry) => waitUntil(async () => console.log('audited', entry), 'audit');
