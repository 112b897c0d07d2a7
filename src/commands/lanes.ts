export { inLanes } from "../watch/lanes.ts";
