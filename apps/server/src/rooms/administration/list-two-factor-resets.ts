import type { Needs } from "../../platform/context.js";
import { type Connection, type PageArguments, readPage, toConnection } from "../../platform/page.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import { type Caller, type Viewer, viewerOf } from "../credentials/viewer.js";
import { mayApprove } from "./two-factor-reset-request.policy.js";
import {
  countResetRequests,
  type FoundResetRequest,
  listResetRequests,
} from "./two-factor-reset-request.repository.js";

/** A reset that waits, as its viewer sees it. */
export interface ShownResetRequest {
  readonly id: string;
  readonly account: Account;
  readonly requestedBy: Account;
  readonly reason: string;
  readonly requestedAt: number;
  readonly expiresAt: number;
  readonly revokeAuthorizedApplications: boolean;
  readonly revokeApiTokens: boolean;
  readonly approvable: boolean;
}

/** A page of resets that wait; how many there are in all is counted where it is asked for. */
export interface ResetRequestPage extends Connection<ShownResetRequest> {
  readonly totalCount: () => Promise<number>;
}

/** Lists the resets that wait for a second administrator, the oldest first. */
export async function listTwoFactorResets(
  needs: Needs<"db" | "now">,
  caller: Caller,
  asked: PageArguments,
): Promise<ResetRequestPage> {
  const page = readPage(asked);
  const now = needs.now();
  const { read } = needs.db;
  const range = { after: page.after?.id ?? null, limit: page.limit + 1, now };
  const viewer = viewerOf(caller);
  const connection = toConnection(await listResetRequests(read, range), page, {
    placeOf: ({ request }) => ({ at: request.requestedAt, id: request.id }),
    toNode: (found) => show(found, viewer, now),
  });
  return { ...connection, totalCount: () => countResetRequests(read, now) };
}

function show(
  { request, requester, account, policy }: FoundResetRequest,
  viewer: Viewer,
  now: number,
): ShownResetRequest {
  const { id, reason, requestedAt, expiresAt, revokeAuthorizedApplications, revokeApiTokens } = request;
  return {
    ...{ id, reason, requestedAt, expiresAt, revokeAuthorizedApplications, revokeApiTokens },
    account: toAccount({ account, policy }, now),
    requestedBy: toAccount({ account: requester, policy }, now),
    approvable: mayApprove(viewer, request, now),
  };
}
