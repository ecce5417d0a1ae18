import { reasonOf, UserError } from '../user-error';

/** Starts a server. Rejects, where its port is taken, with an error that says by which option to choose another. */
export async function listen<Server>(option: string, start: () => Promise<Server>): Promise<Server> {
  try {
    return await start();
  } catch (cause) {
    throw new UserError(`${reasonOf(cause)}; choose another port with ${option} (0 takes any free one).`, { cause });
  }
}
