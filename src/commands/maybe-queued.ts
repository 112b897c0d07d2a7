/** A request was sent and no answer came: it may be on its way or not. Nobody may claim either. */
export class MaybeQueued extends Error {
  override readonly name = "MaybeQueued";
  readonly requestId: string;

  constructor(requestId: string, options?: ErrorOptions) {
    super(`request ${requestId} was sent but not confirmed`, options);
    this.requestId = requestId;
  }
}
