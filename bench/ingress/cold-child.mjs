// A fresh process that imports one handler, serves one command, and says how long both took. Plain JavaScript: stripping types would
// count in its memory.
const [file] = process.argv.slice(2);
const event = JSON.parse(process.env.BENCH_EVENT ?? "");

const from = performance.now();
const { handler } = await import(file);
const imported = performance.now();
const { statusCode, body } = await handler(event, {});
const acked = performance.now();

if (statusCode !== 200 || body !== "") throw new Error(`not acknowledged: ${statusCode} ${body}`);
const measured = { importMs: imported - from, totalMs: acked - from, peakMb: process.resourceUsage().maxRSS / 1024 };
process.stderr.write(`measured=${JSON.stringify(measured)}\n`, () => process.exit(0));
