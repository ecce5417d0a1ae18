import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MissingToolError } from './tools';

export const projectFolder = join(__dirname, '../../..');

/** The template and the folder of the function, as `sam build` has laid them out. */
export function builtArtifact(): { template: string; codeFolder: string } {
  const template = join(projectFolder, '.aws-sam/build/template.yaml');
  const codeFolder = join(projectFolder, '.aws-sam/build/BackgroundTasks');
  if (!existsSync(template) || !existsSync(join(codeFolder, 'app.js'))) {
    throw new MissingToolError('Expected an artifact in .aws-sam/build, found none: run `sam build` first');
  }
  return { template, codeFolder };
}
