/** One request as the dispatcher sees it: from the network, or from a page in the same process. */
export interface ApiRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** Without the question mark. */
  search: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The whole body, decompressed; throws `too_large` beyond the limit. */
  readBody(maxBytes: number): Promise<Uint8Array>;
  requestId: string;
  address: string | null;
  /** The peer is this machine, with no proxy in between. */
  directLoopback: boolean;
  /** Fires when the caller has gone. */
  signal: AbortSignal;
}

export interface ApiResponse {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | AsyncIterable<string | Uint8Array> | null;
}
