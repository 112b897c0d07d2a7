/** Kept equal to package.json's by a test: a bundle has no package.json beside it. */
export const version = "0.1.0";
