import { Component } from 'preact';
import type { Phase } from '../../environment/phase';
import type { EnvironmentState, InvocationState } from '../state';
import { count, shortId } from './format';

const names: Readonly<Record<Phase, string>> = {
  starting: 'starting',
  init: 'init',
  busy: 'busy',
  answered: 'answered, works on',
  frozen: 'frozen',
  retired: 'retired',
  ended: 'ended',
};

interface EnvironmentsProps {
  readonly environments: readonly EnvironmentState[];
  readonly invocations: ReadonlyMap<string, InvocationState>;
}

/** The execution environments, each with what it is at. Rendered again when something has changed, not as time goes on. */
export class Environments extends Component<EnvironmentsProps> {
  override shouldComponentUpdate({ environments, invocations }: EnvironmentsProps): boolean {
    return environments !== this.props.environments || invocations !== this.props.invocations;
  }

  render({ environments, invocations }: EnvironmentsProps) {
    const running = new Map(
      [...invocations.values()].flatMap(({ environmentId, endedAt, id }) =>
        environmentId !== undefined && endedAt === undefined ? [[environmentId, id] as const] : [],
      ),
    );
    return (
      <section class="panel" aria-labelledby="environments">
        <h2 id="environments">Execution environments</h2>
        {environments.length === 0 && <p class="note">None yet. The first invocation starts one.</p>}
        <ul class="environments" data-many={environments.length > 12}>
          {environments.map((environment) => (
            <Environment key={environment.id} environment={environment} invocation={running.get(environment.id)} />
          ))}
        </ul>
      </section>
    );
  }
}

function Environment({
  environment,
  invocation,
}: {
  readonly environment: EnvironmentState;
  readonly invocation: string | undefined;
}) {
  const { id, phase, invocations, functionName } = environment;
  const title = `${functionName}, ${count(invocations, 'invocation')}`;
  const content = (
    <>
      <span class="environment-icon" data-phase={phase} aria-hidden="true" />
      <span class="environment-id">{shortId(id)}</span>
      <span class="environment-phase">{names[phase]}</span>
    </>
  );
  return (
    <li class="environment" data-phase={phase} title={title}>
      {invocation === undefined ? content : <a href={`#${invocation}`}>{content}</a>}
    </li>
  );
}
