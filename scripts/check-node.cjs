// Runs before every npm script that needs Node 24's features, on whatever Node npm found: plain old JavaScript on purpose.
// `npm ci` brings Node 24 along as an optional dependency on Linux x64 and arm64; elsewhere the machine's own Node must do.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19) || major === 23) {
  console.error(
    `odps-chatops needs Node 24 (22.19 at least), this is ${process.versions.node}: the bundled Node could not be installed on ${process.platform}-${process.arch}; install Node 24 and run the command again.`,
  );
  process.exit(1);
}
