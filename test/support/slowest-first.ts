// In which order the files of a run are taken up. Vitest knows their sizes, and the largest are not the slowest: what starts processes
// would begin last, and one worker would be at it alone while the others are done.
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The slowest first: how long a file takes is hidden in what it starts. */
const slowest = [
  /\/cloud\/artefact/,
  /\.browser\.test\.ts$/,
  /\/faults\/sample/,
  /\/aws\/dynamo-watching/,
  /\/maxcompute\/hostile-answers/,
  /\/watch\/(crash|scale)/,
  /\/e2e\//,
  /\/package\/template/,
  /\/(aws|build)\//,
];

const rank = (path: string): number => {
  const found = slowest.findIndex((each) => each.test(path));
  return found === -1 ? slowest.length : found;
};

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a.moduleId) - rank(b.moduleId));
  }
}
