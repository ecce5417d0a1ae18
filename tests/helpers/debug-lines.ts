/** What the handler logs at the level debug, in this order. */
export const allDebugLines = [
  'BackgroundProcessingHandler - message received',
  'BackgroundProcessingHandler - response sent. Performing background tasks.',
  'BackgroundProcessingHandler - Background tasks completed. Returning',
];

/** Those of them that a log of JSON records holds, in the log's order. */
export function debugLines(log: string): string[] {
  return log.match(/BackgroundProcessingHandler - [^"]+/g) ?? [];
}
