import { account } from "./account";
import { accountSearch } from "./account-search";
import { accounts } from "./accounts";
import { administration } from "./administration";
import { apiTokens } from "./api-tokens";
import { applications } from "./applications";
import { audit } from "./audit";
import { consent } from "./consent";
import { editUser } from "./edit-user";
import { everyPage } from "./every-page";
import { login } from "./login";
import { oauthClients } from "./oauth-clients";
import { passwordReset } from "./password-reset";
import { policy } from "./policy";
import { resets } from "./resets";
import { scopes } from "./scopes";
import { sessions } from "./sessions";
import { stepUp } from "./step-up";
import { twoFactorSettings } from "./two-factor-settings";
import { twoFactorSetup } from "./two-factor-setup";

/** Every sentence of the pages, in English. The other catalogues have the same shape. */
export const en = {
  account,
  accounts,
  apiTokens,
  applications,
  editUser,
  scopes,
  sessions,
  administration,
  policy,
  resets,
  oauthClients,
  audit,
  accountSearch,
  everyPage,
  consent,
  login,
  passwordReset,
  stepUp,
  twoFactorSettings,
  twoFactorSetup,
};

export type Words = typeof en;
