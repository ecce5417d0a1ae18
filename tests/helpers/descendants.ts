import { processTable } from './process-table';

/** The ids of all processes that descend from one. */
export async function descendantsOf(ancestor: number): Promise<number[]> {
  const processes = await processTable();
  const descend = (parent: number): number[] =>
    processes.flatMap((process) => (process.parent === parent ? [process.pid, ...descend(process.pid)] : []));
  return descend(ancestor);
}
