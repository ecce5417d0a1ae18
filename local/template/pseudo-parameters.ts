import { listNode, scalarNode } from './syntax';
import type { TemplateNode } from './syntax';

/** AWS::Region and its like. Nothing is deployed here, so all but the region are stand-ins, the same as in SAM. */
export function pseudoParameters(region: string): [string, TemplateNode][] {
  const stackId = `arn:aws:cloudformation:${region}:123456789012:stack/local/51af3dc0-da77-11e4-872e-1234567db123`;
  const values: [string, string][] = [
    ['AWS::AccountId', '123456789012'],
    ['AWS::Partition', 'aws'],
    ['AWS::Region', region],
    ['AWS::StackId', stackId],
    ['AWS::StackName', 'local'],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ];
  return [
    ['AWS::NotificationARNs', listNode([], '')],
    ...values.map(([name, value]): [string, TemplateNode] => [name, scalarNode(value, '')]),
  ];
}
