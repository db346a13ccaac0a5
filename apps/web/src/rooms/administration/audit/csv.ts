/**
 * Where a spreadsheet would begin a formula: at the beginning of a cell, also by the wide signs of East Asian keyboards.
 * In many countries semicolons part the cells, and these quotes then hold neither them nor lines together.
 */
const FORMULA = /(^|[;\r\n]) *(?=[=+\-@＝＋－＠\t\r])/g;

/** Writes rows as CSV (RFC 4180), so that a spreadsheet reads each cell as the text that it is. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(writeCell).join(",")}\r\n`).join("");
}

function writeCell(text: string): string {
  const safe = text.replace(FORMULA, "$&'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
