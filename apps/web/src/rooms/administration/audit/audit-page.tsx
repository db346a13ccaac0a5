import type { ReactElement } from "react";
import { ListAuditEvents } from "../../../generated/audit-events";
import { useQuery } from "../../../graphql/use-query";
import { Asked } from "../../../ui/asked";
import { PageTitle } from "../../../ui/card-page";
import { ListPlace } from "../../../ui/list-place";
import { Pager } from "../../../ui/pager";
import { timeZone } from "../../../words/formats";
import { say } from "../../../words/say";
import { toFilter } from "./audit-address";
import { AuditFiltersForm } from "./audit-filters-form";
import { AuditTable } from "./audit-table";
import { ExportEvents } from "./export-events";
import { useAuditAddress } from "./use-audit-address";

const PAGE_SIZE = 50;

/** The audit log: what is asked of it stands in the address. */
export function AuditPage(): ReactElement {
  const { address, ask, goOn, back } = useAuditAddress();
  const { filters, page, after } = address;
  const [query, reload] = useQuery(ListAuditEvents, { first: PAGE_SIZE, after, filter: toFilter(filters) });
  return (
    <>
      <PageTitle>{say.audit.title}</PageTitle>
      <p>{say.audit.introduction(timeZone)}</p>
      <AuditFiltersForm filters={filters} onAsk={ask} />
      <Asked query={query} reload={reload}>
        {({ auditEvents: { nodes, pageInfo } }) => (
          <div className="stack">
            <ListPlace>
              {nodes.length === 0 ? say.audit.empty : say.audit.shown(nodes.length, page)}
            </ListPlace>
            {nodes.length > 0 && <AuditTable events={nodes} />}
            <Pager back={back} onNext={pageInfo.hasNextPage ? () => goOn(pageInfo.endCursor ?? "") : null}>
              {say.audit.page(page)}
            </Pager>
            {nodes.length > 0 && <ExportEvents filters={filters} />}
          </div>
        )}
      </Asked>
    </>
  );
}
