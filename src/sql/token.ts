/** A token from one offset to another, in UTF-16 units. All tokens of a text, joined, are the text. */
export type Token = { readonly kind: TokenKind; readonly from: number; readonly to: number };

export type TokenKind =
  | "space"
  | "comment"
  /** `/*+ ... *\/`: read by the service, so no comment. */
  | "hint"
  | "string"
  /** A name between backquotes. */
  | "name"
  | "word"
  | "number"
  /** A number with a point or sign, and letters behind it without a blank: where the one ends is anybody's guess. */
  | "glued"
  /** A semicolon, be it full-width. */
  | "end"
  | "symbol"
  /** A character that is no part of SQL, or is not seen. */
  | "strange"
  | "open-string"
  | "open-name"
  | "open-comment";

/** What separates tokens and says nothing by itself. */
export const isBlank = ({ kind }: Token): boolean => kind === "space" || kind === "comment";
