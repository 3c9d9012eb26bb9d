/** A request of the client as this folder sees it; how it comes over the network is lib/server's business. */
export interface ClientRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The whole body, decompressed; throws `too_large` beyond the limit. */
  readBody(maxBytes: number): Promise<Uint8Array>;
  requestId: string;
  address: string | null;
  directLoopback: boolean;
}

export interface ClientResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}
