/** Thrown by decoders for bytes that are not what the protocol promises; the client turns it into a MaxComputeError of kind "malformed". */
export class MalformedBody extends Error {
  override readonly name = "MalformedBody";
}
