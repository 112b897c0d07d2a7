/** Thrown by decoders for bytes that are not what the protocol promises; the client turns it into a MaxComputeError of kind "malformed". */
export class MalformedBody extends Error {
  override readonly name: string = "MalformedBody";
}

/** Thrown by decoders for an answer that may be well formed but holds more than is read: a MaxComputeError of kind "too-large". */
export class OversizedBody extends MalformedBody {
  override readonly name: string = "OversizedBody";
}
