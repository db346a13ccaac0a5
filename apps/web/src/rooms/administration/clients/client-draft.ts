import type {
  ClientFieldsFragment,
  CreateOAuthClientInput,
  UpdateOAuthClientInput,
} from "../../../generated/oauth-clients";
import { type Failure, unmetAmong } from "../../../graphql/use-change";
import type { ErrorAt } from "../../../ui/confirmed-act";
import { say } from "../../../words/say";
import type { FoundAccount } from "../account-search/account-search";

/** A client as a person types it. */
export interface ClientDraft {
  readonly name: string;
  readonly type: ClientFieldsFragment["type"];
  readonly grantTypes: readonly GrantType[];
  /** One address a line. */
  readonly redirectUris: string;
  readonly scopes: readonly string[];
  readonly access: ClientFieldsFragment["access"];
  readonly allowedAccounts: readonly FoundAccount[];
  readonly serviceAccount: FoundAccount | null;
  readonly idTokenAlgorithm: ClientFieldsFragment["idTokenAlgorithm"];
}

/** What a client can do. */
export type GrantType = ClientFieldsFragment["grantTypes"][number];

/** Where the server can find a fault. */
export const FIELDS = [
  ...["name", "grantTypes", "redirectUris", "scopes", "access", "allowedAccountIds", "serviceAccountId"],
];

/** A client that nothing is said of yet. */
export const BLANK: ClientDraft = {
  name: "",
  type: "CONFIDENTIAL",
  grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
  redirectUris: "",
  scopes: ["openid", "profile"],
  access: "EVERYONE",
  allowedAccounts: [],
  serviceAccount: null,
  idTokenAlgorithm: "RS256",
};

/** A client as it is shown to be changed. */
export function draftOf(client: ClientFieldsFragment, allowedAccounts: readonly FoundAccount[]): ClientDraft {
  const { name, type, grantTypes, redirectUris, scopes, access, serviceAccount, idTokenAlgorithm } = client;
  return {
    ...{ name, type, grantTypes, scopes, access, allowedAccounts, serviceAccount, idTokenAlgorithm },
    redirectUris: redirectUris.join("\n"),
  };
}

/** A new client as the server takes it. */
export function toNewClient({ type, ...draft }: ClientDraft): CreateOAuthClientInput {
  const { name, redirectUris, scopes, ...rest } = settingsOf({ type, ...draft });
  return { type, name, redirectUris, scopes, ...rest };
}

/** What a draft changes; what stays as it is, is not sent. */
export function toChange(id: string, before: ClientDraft, after: ClientDraft): UpdateOAuthClientInput | null {
  const [old, wanted] = [settingsOf(before), settingsOf(after)];
  const changed = Object.entries(wanted).filter(
    ([name, value]) => JSON.stringify(old[name as keyof typeof old]) !== JSON.stringify(value),
  );
  return changed.length === 0 ? null : { id, ...Object.fromEntries(changed) };
}

/** What a draft lacks, each at its field; null where nothing is missing. */
export function missingOf(draft: ClientDraft): Failure | null {
  const does = (grantType: GrantType): boolean => draft.grantTypes.includes(grantType);
  const asksPeople = does("AUTHORIZATION_CODE");
  return unmetAmong([
    ["name", draft.name.trim() !== "", say.everyPage.fillIn],
    ["grantTypes", draft.grantTypes.length > 0, say.oauthClients.noGrantType],
    ["grantTypes", asksPeople || !does("REFRESH_TOKEN"), say.oauthClients.refreshAlone],
    ["redirectUris", !asksPeople || linesOf(draft.redirectUris).length > 0, say.oauthClients.noRedirectUri],
    [
      "serviceAccountId",
      !does("CLIENT_CREDENTIALS") || draft.serviceAccount !== null,
      say.oauthClients.noServiceAccount,
    ],
  ]);
}

interface Settings {
  readonly name: string;
  readonly redirectUris: string[];
  readonly grantTypes: GrantType[];
  readonly scopes: string[];
  readonly access: ClientDraft["access"];
  readonly allowedAccountIds?: string[];
  readonly serviceAccountId: string | null;
  readonly idTokenAlgorithm: ClientDraft["idTokenAlgorithm"];
}

/** Only a client that acts for itself has a service account, and only one that is not for everyone has a list. */
function settingsOf(draft: ClientDraft): Settings {
  const { name, access, idTokenAlgorithm } = draft;
  const actsForItself = draft.grantTypes.includes("CLIENT_CREDENTIALS");
  return {
    ...{ name, access, idTokenAlgorithm },
    redirectUris: linesOf(draft.redirectUris),
    grantTypes: [...draft.grantTypes],
    scopes: [...draft.scopes],
    ...(access === "LISTED" && { allowedAccountIds: draft.allowedAccounts.map(({ id }) => id) }),
    serviceAccountId: actsForItself ? (draft.serviceAccount?.id ?? null) : null,
  };
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** What the fields of a client need. */
export interface ClientFieldsProps {
  readonly draft: ClientDraft;
  readonly change: (part: Partial<ClientDraft>) => void;
  readonly errorAt: ErrorAt;
}
