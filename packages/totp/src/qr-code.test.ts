import fc from "fast-check";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { describe, expect, it, vi } from "vitest";
import { keyUri } from "./key-uri.js";
import { qrCodePngDataUrl, qrCodeSvg } from "./qr-code.js";
import { generateSecret } from "./secret.js";

const URI = keyUri({
  issuer: "Keyturn Test",
  accountName: "ada@example.org",
  secret: generateSecret(),
});

interface Picture {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

describe("qrCodeSvg", () => {
  it("is read by a scanner on a black page as the key URI", async () => {
    expect(scan(rasterize(await qrCodeSvg(URI)))).toBe(URI);
  });

  it("is a document of its own, with nothing in it but the picture", async () => {
    const svg = await qrCodeSvg(URI);
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*>(<path [^>]*\/>){2}<\/svg>\s*$/,
    );
    expect(svg).not.toContain("secret");
  });

  it("keeps four white modules around the code", async () => {
    const svg = await qrCodeSvg(URI);
    expect(quietZone(rasterize(svg))).toBe(4 * SCALE);
  });

  it("is read back for any text that is not empty", async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[!-~]{1,200}$/), async (text) => {
        expect(scan(rasterize(await qrCodeSvg(text)))).toBe(text);
      }),
      { numRuns: 20 },
    );
  });

  it("rejects an empty text and one too long for a QR code", async () => {
    await expect(qrCodeSvg("")).rejects.toThrow(Error);
    await expect(qrCodeSvg("x".repeat(2331))).resolves.toContain("<svg");
    await expect(qrCodeSvg("x".repeat(2332))).rejects.toThrow(Error);
  });
});

describe("qrCodePngDataUrl", () => {
  it("is read by a scanner as the key URI", async () => {
    expect(scan(decodePng(await qrCodePngDataUrl(URI)))).toBe(URI);
  });

  it("keeps four white modules around the code, none of them transparent", async () => {
    const picture = decodePng(await qrCodePngDataUrl(URI));
    expect(quietZone(picture)).toBe(4 * 6);
    expect(picture.data.every((value, index) => index % 4 !== 3 || value === 255)).toBe(true);
  });

  it("rejects an empty text", async () => {
    await expect(qrCodePngDataUrl("")).rejects.toThrow(Error);
  });
});

describe("the drawing library", () => {
  it("is not loaded before the first picture is asked for", async () => {
    const load = vi.fn(() => ({ default: { toString: async () => "<svg/>" } }));
    vi.doMock("qrcode", load);
    vi.resetModules();
    const face = await import("./index.js");
    expect(load).not.toHaveBeenCalled();
    await face.qrCodeSvg(URI);
    expect(load).toHaveBeenCalledOnce();
    vi.doUnmock("qrcode");
  });
});

const SCALE = 4;

// Paints the SVG's paths on a black page: a filled rectangle, then strokes of one unit's width.
function rasterize(svg: string): Picture {
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]) * SCALE;
  const picture = { data: new Uint8ClampedArray(side * side * 4), width: side, height: side };
  picture.data.forEach((_, index) => {
    if (index % 4 === 3) picture.data[index] = 255;
  });
  for (const [path] of svg.matchAll(/<path [^>]*>/g)) paintPath(picture, path);
  return picture;
}

function paintPath(picture: Picture, path: string): void {
  const [, fill, w, h] = /fill="(#\w+)" d="M0 0h(\d+)v(\d+)H0z"/.exec(path) ?? [];
  if (fill !== undefined) paint(picture, { x: 0, y: 0, w: Number(w), h: Number(h), color: fill });
  const [, color] = /stroke="(#\w+)"/.exec(path) ?? [];
  let [x, y] = [0, 0];
  for (const [, command, a, b = 0] of path.matchAll(/([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
    if (command === "M") [x, y] = [0, 0];
    if (command === "h" && color !== undefined) paint(picture, { x, y: y - 0.5, w: Number(a), h: 1, color });
    [x, y] = [x + Number(a), y + Number(b)];
  }
}

interface Area {
  x: number;
  y: number;
  w: number;
  h: number;
  color: string;
}

function paint({ data, width }: Picture, { x, y, w, h, color }: Area): void {
  const rgb = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  for (let row = y * SCALE; row < (y + h) * SCALE; row++) {
    for (let column = x * SCALE; column < (x + w) * SCALE; column++) {
      data.set([...rgb, 255], (row * width + column) * 4);
    }
  }
}

function decodePng(url: string): Picture {
  const [, base64 = ""] = /^data:image\/png;base64,(.+)$/.exec(url) ?? [];
  const { data, width, height } = PNG.sync.read(Buffer.from(base64, "base64"));
  return { data: new Uint8ClampedArray(data), width, height };
}

function scan({ data, width, height }: Picture): string | undefined {
  return jsqr.default(data, width, height, { inversionAttempts: "dontInvert" })?.data;
}

// The finder pattern is black in its corner: the first black pixel of the diagonal ends the zone.
function quietZone({ data, width }: Picture): number {
  for (let at = 0; at < width; at++) if (data[(at * width + at) * 4] === 0) return at;
  return width;
}
