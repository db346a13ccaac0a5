import type { QRCodeRenderersOptions } from "qrcode";

// The four modules of quiet zone that ISO/IEC 18004 asks for, and a white ground of its own:
// scanners fail on a dark page without them.
const LOOK: QRCodeRenderersOptions = {
  errorCorrectionLevel: "M",
  margin: 4,
  color: { dark: "#000000", light: "#ffffff" },
};

/**
 * Draws a text as a QR code: an SVG document that scales to its place and brings its own white
 * ground and quiet zone.
 *
 * The picture of a key URI is as secret as the URI.
 *
 * @throws Error if the text is empty, or too long for a QR code (over 2,331 bytes).
 */
export async function qrCodeSvg(text: string): Promise<string> {
  const { toString: draw } = await load();
  return draw(text, { ...LOOK, type: "svg" });
}

/**
 * Draws a text as a QR code: a `data:` URL of a PNG, for pages and mails that take no SVG.
 *
 * Costs several times the CPU of the SVG. As secret as the text, and throws like
 * {@link qrCodeSvg}.
 */
export async function qrCodePngDataUrl(text: string): Promise<string> {
  const { toDataURL: draw } = await load();
  return draw(text, { ...LOOK, scale: 6 });
}

// Loaded when the first picture is asked for: until then it costs neither time nor memory.
async function load(): Promise<typeof import("qrcode")> {
  return (await import("qrcode")).default;
}
