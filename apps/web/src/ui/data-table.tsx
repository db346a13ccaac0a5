import type { ReactElement, ReactNode } from "react";
import "./data-table.css";

interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  /** Text of any length without a space, such as a name; or what can be done, which says itself what it is. */
  readonly holds?: "long text" | "acts";
}

interface DataTableProps<Row> {
  /** What the table lists, for whoever does not see it. */
  readonly caption: string;
  /** The first one names the row. */
  readonly columns: readonly [Column<Row>, ...Column<Row>[]];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** What is said where there is no row; nothing, where something else says it. */
  readonly empty?: ReactNode;
}

/** A table; on a narrow screen each row becomes a card of its own. */
export function DataTable<Row>({ caption, columns, rows, keyOf, empty }: DataTableProps<Row>): ReactElement {
  if (rows.length === 0 && empty !== undefined) return <div className="table-empty quiet">{empty}</div>;
  const [first, ...others] = columns;
  return (
    <table className="data-table">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <th scope="row" data-name={first.name}>
              {first.cell(row)}
            </th>
            {others.map(({ name, cell, holds }) => (
              <td
                key={name}
                data-name={holds === "acts" ? undefined : name}
                className={holds === "long text" ? "long" : undefined}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
