import { expect, it } from "vitest";
it("is written now", () => expect(1).toBe(1));
