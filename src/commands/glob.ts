export { matchesGlob } from "../watch/glob.ts";
