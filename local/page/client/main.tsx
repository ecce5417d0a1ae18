import { render } from 'preact';
import { App } from './app';
import { LiveState } from './live-state';

const root = document.getElementById('page');
if (root) render(<App live={new LiveState()} />, root);
