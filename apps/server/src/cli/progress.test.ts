import { describe, expect, it } from "vitest";
import { createProgress } from "./progress.js";

function written(isTTY: boolean): { stream: Parameters<typeof createProgress>[0]; text: () => string } {
  const parts: string[] = [];
  const write = (part: string): boolean => parts.push(part) > 0;
  return { stream: { isTTY, write } as Parameters<typeof createProgress>[0], text: () => parts.join("") };
}

describe("the progress of an import", () => {
  it("changes one line on a terminal, and lets what is said stay above it", () => {
    const { stream, text } = written(true);
    const progress = createProgress(stream);
    progress.show(200, "200 created");
    progress.say("line 201: expected UTF-8");
    progress.show(400, "399 created");
    progress.end();
    const erase = "\r\u001b[K";
    expect(text()).toBe(`${erase}200 created${erase}line 201: expected UTF-8\n${erase}399 created${erase}`);
  });

  it("tells once in ten thousand lines where there is no terminal, and writes nothing to control one", () => {
    const { stream, text } = written(false);
    const progress = createProgress(stream);
    for (let lines = 200; lines <= 30_200; lines += 300) progress.show(lines, `${lines} created`);
    progress.say("line 7: expected UTF-8");
    progress.end();
    expect(text()).toBe("10100 created\n20000 created\n30200 created\nline 7: expected UTF-8\n");
  });
});
