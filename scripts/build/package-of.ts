/** The package that a file belongs to, such as `@slack/bolt`; undefined for our own files. */
export const packageOf = (path: string): string | undefined =>
  [...path.replaceAll("\\", "/").matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].at(-1)?.[1];
