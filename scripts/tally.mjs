import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Lists where each workspace's test run leaves its report, whether it is there or not. */
function reports() {
  return ["apps", "packages"]
    .filter((folder) => existsSync(root + folder))
    .flatMap((folder) =>
      readdirSync(root + folder).map((name) => `${root}${folder}/${name}/.turbo/vitest.json`),
    );
}

function count(file) {
  const run = JSON.parse(readFileSync(file, "utf8"));
  const broken = run.testResults.filter(
    (suite) => suite.status === "failed" && suite.assertionResults.every((test) => test.status !== "failed"),
  );
  const failed = run.numFailedTests + broken.length;
  // An error outside of any test fails the run without failing a test.
  return { passed: run.numPassedTests, failed: failed === 0 && !run.success ? 1 : failed };
}

if (process.argv[2] === "--clear") {
  for (const file of reports()) rmSync(file, { force: true });
} else {
  const counts = reports()
    .filter((file) => existsSync(file))
    .map(count);
  const passed = counts.reduce((sum, run) => sum + run.passed, 0);
  const failed = counts.reduce((sum, run) => sum + run.failed, counts.length === 0 ? 1 : 0);
  console.log(`\n${passed} passed, ${failed} failed`);
}
