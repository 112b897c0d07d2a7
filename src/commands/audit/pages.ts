import type { Audit } from "./audit-book.ts";
import type { AuditPage } from "./trail.ts";

const pageRows = 200;

/** Everything that was decided in this time (epoch ms), newest first, page by page while somebody reads. */
export async function* pagesOf({ read }: Pick<Audit, "read">, from: number, to: number): AsyncGenerator<AuditPage> {
  let after: string | undefined;
  do {
    const page = await read({ from, to, page: { limit: pageRows, ...(after === undefined ? {} : { after }) } });
    yield page;
    after = page.next;
  } while (after !== undefined);
}
