import { audit, waitUntil as waitUntilOfPackage } from 'audit-log';
import { LambdaFetchAdapter, LambdaRuntime, waitUntil } from 'background-tasks';

const adapter = new LambdaFetchAdapter(() => {
  audit('by a package');
  return Response.json({ twoCopies: waitUntil !== waitUntilOfPackage });
});
export const handler = new LambdaRuntime(adapter).run();
