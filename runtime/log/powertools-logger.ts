// In a module of its own so that a bundler can leave it unevaluated until logger.ts asks for it, and still drop what of
// Powertools nobody uses.
export { Logger } from '@aws-lambda-powertools/logger';
