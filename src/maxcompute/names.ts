import { MaxComputeError } from "./errors.ts";

const plainName = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;
const plainInstanceId = /^[A-Za-z0-9_-]+$/;
const hasControlCharacter = (text: string) => [...text].some((character) => character < " " || character === "\u007f");

const maxNameLength = 256;

/** Whether the name may stand in a path: nothing in it changes the path's meaning or breaks the request. */
export function isPathSegment(name: string): boolean {
  return (
    name !== "" &&
    name.length <= maxNameLength &&
    name !== "." &&
    name !== ".." &&
    !hasControlCharacter(name) &&
    name.isWellFormed()
  );
}

/** The name when it may stand in a path; throws "invalid" for what would change the path's meaning or break the request. */
export function checkPathSegment(what: string, name: string): string {
  if (!isPathSegment(name)) throw new MaxComputeError("invalid", `Not a usable ${what}`);
  return name;
}

/** A project name; throws "invalid" for anything but letters, digits, `_`, `-` and `.`. */
export function checkProjectName(name: string): string {
  if (!plainName.test(name) || name.length > maxNameLength) throw new MaxComputeError("invalid", "Not a usable project name");
  return name;
}

/**
 * An instance id fit for a link and for the policy of a token; throws "invalid". Stricter than a path needs it:
 * an id of `*` would ask for a token that reads every instance of the project.
 */
export function checkLinkedInstanceId(id: string): string {
  if (!plainInstanceId.test(id) || id.length > maxNameLength) {
    throw new MaxComputeError("invalid", "Not an instance id a link can be made for", { instanceId: clippedId(id) });
  }
  return id;
}

const clippedId = (id: string) => id.slice(0, maxNameLength);
