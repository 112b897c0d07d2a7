// Who one is and where, kept in the address (#ann/general), so that a reload or a second tab finds it again.

export type Place = { readonly person: string; readonly channel: string };

/** Names or ids; "" for what the address does not say. */
export function placeOf(hash: string): Place {
  const [person = "", channel = ""] = hash.replace(/^#/, "").split("/");
  return { person, channel };
}

export const hashOf = ({ person, channel }: Place): string => `#${person}/${channel}`;
