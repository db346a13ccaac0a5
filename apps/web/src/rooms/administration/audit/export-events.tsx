import { type ReactElement, useState } from "react";
import { useAction } from "../../../graphql/use-action";
import { Button } from "../../../ui/button";
import { Refused } from "../../../ui/form";
import { Notice } from "../../../ui/notice";
import { Section } from "../../../ui/section";
import { say } from "../../../words/say";
import type { AuditFilters } from "./audit-address";
import { toCsv } from "./csv";
import { EXPORT_LIMIT, type ReadEvents, readEvents, toRows } from "./read-events";

/** By this mark a spreadsheet knows that the letters are those of UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

/** Saves all events that the filters find as a file. */
export function ExportEvents({ filters }: { readonly filters: AuditFilters }): ReactElement {
  const [count, setCount] = useState<number | null>(null);
  const [done, setDone] = useState<ReadEvents | null>(null);
  const { run, isPending, refusal } = useAction(async () => {
    setDone(null);
    setCount(0);
    const read = await readEvents(filters, setCount);
    save(`${BYTE_ORDER_MARK}${toCsv(toRows(read.events))}`, fileName());
    setDone(read);
  });
  return (
    <Section title={say.audit.exportTitle}>
      <p className="quiet">{say.audit.exportHint(EXPORT_LIMIT)}</p>
      <div className="row">
        <Button onPress={() => void run()} isPending={isPending}>
          {say.audit.export}
        </Button>
        {isPending && count !== null && <span className="quiet">{say.audit.exporting(count)}</span>}
      </div>
      {refusal !== null && <Refused refusal={refusal} />}
      {done !== null && <Done {...done} />}
    </Section>
  );
}

function Done({ events, isCut }: ReadEvents): ReactElement {
  return isCut ? (
    <Notice kind="warn">{say.audit.exportCut(EXPORT_LIMIT)}</Notice>
  ) : (
    <Notice kind="good">{say.audit.exported(events.length)}</Notice>
  );
}

function fileName(): string {
  return `audit-log-${new Date().toISOString().slice(0, 16).replace(":", "")}.csv`;
}

/** Hands a text to the browser as a file to keep. */
function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
