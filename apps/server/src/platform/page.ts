import { isId } from "./id.js";
import { BadInput } from "./problem.js";

/** How many where nothing is said. */
export const DEFAULT_PAGE_SIZE = 50;
/** How many rows one page holds at most. */
export const MAXIMUM_PAGE_SIZE = 100;
const CURSOR = /^(\d{1,15}) ([0-9a-f-]{36}|[0-9A-Za-z]{24})$/;
/** What an OAuth client is known by, which is no UUID. */
const LETTERS_AND_DIGITS = /^[0-9A-Za-z]{24}$/;

/** Where a row stands in a list that is ordered by time, and by id where times are equal. */
export interface Place {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly id: string;
}

/** A page that is asked for: so many rows, from the beginning or after a place. */
export interface Page {
  readonly limit: number;
  readonly after: Place | null;
}

/** What a field with pages takes. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** One page of a list, as GraphQL clients expect it. */
export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Reads which page is asked for: 50 rows where nothing is said, 1 to 100; else BAD_USER_INPUT at `first` or `after`. */
export function readPage({ first, after }: PageArguments): Page {
  const limit = first ?? DEFAULT_PAGE_SIZE;
  if (limit < 1 || limit > MAXIMUM_PAGE_SIZE) throw new BadInput(["first"], { rule: "pageSize" });
  return { limit, after: after == null ? null : readCursor(after) };
}

/** How the rows of a list become nodes, and where each stands. */
export interface Listing<Row, Node> {
  readonly placeOf: (row: Row) => Place;
  readonly toNode: (row: Row) => Node;
}

/** Assembles a page of the rows that were found: up to one more than it holds, which tells that another page follows. */
export function toConnection<Row, Node>(
  rows: readonly Row[],
  { limit, after }: Page,
  { placeOf, toNode }: Listing<Row, Node>,
): Connection<Node> {
  const edges = rows.slice(0, limit).map((row) => ({ node: toNode(row), cursor: writeCursor(placeOf(row)) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: rows.length > limit,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function writeCursor({ at, id }: Place): string {
  return Buffer.from(`${at} ${id}`).toString("base64url");
}

/** Takes a cursor only in the very form in which it was written. */
function readCursor(cursor: string): Place {
  const [, at = "", id = ""] = CURSOR.exec(Buffer.from(cursor, "base64url").toString("latin1")) ?? [];
  const place = { at: Number(at), id };
  const isPlace = isId(id) || LETTERS_AND_DIGITS.test(id);
  if (!isPlace || writeCursor(place) !== cursor) throw new BadInput(["after"], { rule: "cursor" });
  return place;
}
