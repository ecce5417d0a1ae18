import { LambdaCodableAdapter, LambdaRuntime } from '../../runtime';
import { BackgroundProcessingHandler, Input } from './handler';

const adapter = new LambdaCodableAdapter(Input, new BackgroundProcessingHandler());
export const handler = new LambdaRuntime(adapter).run();
