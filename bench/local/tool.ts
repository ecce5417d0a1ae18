/** A program that runs a function on the developer's machine. */
export interface LocalTool {
  /** As the table calls it. */
  readonly name: string;
  /** What of Lambda it does not do, as the table says it. */
  readonly lacks: string;
  readonly command: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** How a caller sends it a message. */
  readonly request: (message: string) => ToolRequest;
  /** The body that the function wrote, where the tool has written it anew. */
  readonly readBody?: (text: string) => string;
  /** Removes what it leaves behind when it is stopped in the middle of an invocation; `log` is all that it has written. */
  readonly cleanUp?: (log: string) => Promise<void>;
}

export interface ToolRequest {
  readonly url: string;
  readonly body: string;
}
