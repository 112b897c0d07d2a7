import type { Dispatcher } from "undici";
import type { CredentialsProvider } from "./identity/provider.ts";
import type { Sleep } from "./sleep.ts";

export type AccessKey = {
  readonly id: string;
  readonly secret: string;
  /** For a temporary key. */
  readonly stsToken?: string | undefined;
};

export type Timeouts = {
  /** To make a connection; holds for the client's own dispatcher only. Default 5 s. */
  readonly connectMs?: number | undefined;
  /** One attempt, from the first try to connect to the answer's last byte. Default 60 s. */
  readonly requestMs?: number | undefined;
  /** One call: all its attempts and the waits between them. Default 180 s. */
  readonly totalMs?: number | undefined;
};

export type MaxComputeOptions = {
  /** For example `https://service.cn-hangzhou.maxcompute.aliyun.com/api`. */
  readonly endpoint: string;
  readonly project: string;
  /** Either this or `credentials`. */
  readonly accessKey?: AccessKey | undefined;
  /** Where keys that change come from; either this or `accessKey`. */
  readonly credentials?: CredentialsProvider | undefined;
  /** Default: the one the endpoint's host names, if any. A known region means signature v4. */
  readonly region?: string | undefined;
  /** The instance tunnel's endpoint; default: the service is asked for it. */
  readonly tunnelEndpoint?: string | undefined;
  /** Ask the tunnel for compressed results: worth its time where the network is slower than some 100 MB/s. Default: no. */
  readonly compressTunnel?: boolean | undefined;
  /** Default: the service is asked for it. */
  readonly logviewHost?: string | undefined;
  /** Default: the service is asked for it. */
  readonly jobInsightHost?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly timeouts?: Timeouts | undefined;
  /** Repetitions after a first attempt that failed; 0 switches repetition off. Default 4. */
  readonly retries?: number | undefined;
  /** The largest answer that is read, in bytes. Default 64 MiB. */
  readonly maxResponseBytes?: number | undefined;
  /** The first part of the v4 scope, for clouds that run MaxCompute under another name. Default "aliyun_v4". */
  readonly signaturePrefix?: string | undefined;
  /** Epoch milliseconds. */
  readonly now?: (() => number) | undefined;
  readonly sleep?: Sleep | undefined;
  /** In [0, 1). */
  readonly random?: (() => number) | undefined;
  /** Names a submission, as a random UUID; the service tells two submissions of the same text apart by it. */
  readonly newId?: (() => string) | undefined;
  /** Whose connections are used; default: the client's own. */
  readonly dispatcher?: Dispatcher | undefined;
};
