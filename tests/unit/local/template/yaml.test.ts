import path from 'node:path';
import { folderWith } from '../../../helpers/folder-with';
import { readHello, readTemplateFile } from '../../../helpers/read-template';

test('a template in JSON reads like one in YAML', async () => {
  const properties = { Handler: 'app.handler', Runtime: 'nodejs24.x', Timeout: { Ref: 'Seconds' } };
  const folder = await folderWith({
    'template.json': JSON.stringify(
      {
        Parameters: { Seconds: { Type: 'Number', Default: 12 } },
        Resources: { Hello: { Type: 'AWS::Serverless::Function', Properties: properties } },
      },
      undefined,
      '\t',
    ),
  });
  const { named } = await readTemplateFile(path.join(folder, 'template.json'));
  expect(named('Hello').timeout).toBe(12);
});

test('anchors and merge keys are followed, an own entry wins over a merged one', async () => {
  const { named } = await readHello(
    `      <<: *common
      Timeout: 9`,
    'Common: &common { Timeout: 4, Handler: app.handler, Runtime: nodejs24.x }',
  );
  expect(named('Hello')).toMatchObject({ handler: 'app.handler', timeout: 9 });
});

test('a tag that is no function of CloudFormation is refused', async () => {
  await expect(readHello('      Handler: !Reff X')).rejects.toThrow(
    /template\.yaml:7: expected a CloudFormation function, got the tag !Reff\./,
  );
});

test('YAML that cannot be parsed is refused, with the place', async () => {
  const folder = await folderWith({ 'template.yaml': 'Resources:\n  Hello: [\n' });
  await expect(readTemplateFile(path.join(folder, 'template.yaml'))).rejects.toThrow(/template\.yaml: .* at line 3/);
});
