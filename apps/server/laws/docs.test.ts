import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { blur, shownAnswers } from "./docs-answers.js";
import { readDocument } from "./docs-markdown.js";
import { beginWalk, type Step, stepsOf, type Walk } from "./docs-walk.js";

describe.each(["docs/start.md"])("the walk of %s", (path) => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await beginWalk();
  });
  afterAll(() => walk.end());
  it.each(stepsOf(readDocument(path)).map((step) => ({ step, line: step.command.line })))(
    "is as line $line",
    async ({ step }) => {
      const printed = await walk.run(step);
      const shown = shownAnswers(step);
      expect(blur(printed, shown)).toEqual(shown);
    },
  );
});
