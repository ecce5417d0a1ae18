// Lambda's Node.js runtimes carry the AWS SDK, so a function may import it without having installed it. Preloaded, this
// lets a function here find the SDK that comes with this package, after its own; where there is none, the error says so.
'use strict';
const Module = require('node:module');
const { pathToFileURL } = require('node:url');

const here = pathToFileURL(__filename).href;

/** What `require` finds. */
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (specifier, ...rest) {
  return elsewhere(
    specifier,
    () => resolveFilename.call(this, specifier, ...rest),
    () => resolveFilename.call(this, specifier, module),
  );
};

/** What `import` finds; Node.js has this hook from 22.15 on. */
Module.registerHooks?.({
  resolve(specifier, context, nextResolve) {
    if (!context.conditions.includes('import')) return nextResolve(specifier, context);
    return elsewhere(
      specifier,
      () => nextResolve(specifier, context),
      () => nextResolve(specifier, { ...context, parentURL: here }),
    );
  },
});

function elsewhere(specifier, fromFunction, fromHere) {
  try {
    return fromFunction();
  } catch (error) {
    // Its parts that are no clients are in a scope of their own; version 2 was one package.
    const [sdkPackage] = /^(@aws-sdk\/[^/]+|@smithy\/[^/]+|aws-sdk(?=\/|$))/.exec(specifier) ?? [];
    if (sdkPackage === undefined || !/MODULE_NOT_FOUND$/.test(error.code)) throw error;
    try {
      if (sdkPackage !== 'aws-sdk') return fromHere();
    } catch {
      // The error of the function's own attempt says more.
    }
    error.message +=
      sdkPackage === 'aws-sdk'
        ? "\nFrom Node.js 18 on Lambda's runtimes have version 3 of the AWS SDK only, so this fails on AWS too: npm install aws-sdk"
        : `\nLambda's Node.js runtimes have the AWS SDK, this machine does not: npm install --save-dev ${sdkPackage}`;
    throw error;
  }
}
