/** Where the function runs: on this machine, or on AWS. */
export interface Target {
  /** Of background work, as the function is configured. */
  readonly backgroundSeconds: number;
  /** The lowest level that it logs, in capitals. */
  readonly logLevel: string;
  /** As `aws lambda invoke` does. */
  invoke(event: unknown): Promise<DirectAnswer>;
  /** Sends a request to the Function URL. */
  request(request: UrlRequest): Promise<UrlAnswer>;
  /** Waits for the report of an invocation, and resolves to the lines that it has logged. */
  reportedLines(requestId: string): Promise<readonly string[]>;
}

export interface DirectAnswer {
  readonly requestId: string;
  /** Set when the invocation failed. */
  readonly functionError: string | undefined;
  readonly body: string;
}

export interface UrlRequest {
  readonly method: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface UrlAnswer {
  readonly requestId: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}
