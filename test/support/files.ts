import type { ResultFile } from "../../src/view/index.ts";

export const aFile = (name: string, content: string): ResultFile => ({
  name,
  async *open() {
    if (content !== "") yield Buffer.from(content);
  },
});

export async function contentOf(file: ResultFile | undefined): Promise<string> {
  const pieces: Uint8Array[] = [];
  if (file !== undefined) for await (const piece of file.open()) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}
