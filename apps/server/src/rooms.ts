import type { NonEmptyArray } from "type-graphql";
import { AccountEntity } from "./rooms/accounts/account.entity.js";
import { MailLinkEntity } from "./rooms/accounts/mail-link.entity.js";
import { UnknownLoginNameEntity } from "./rooms/accounts/unknown-login-name.entity.js";
import { AccountsAdministrationResolver } from "./rooms/administration/accounts-administration.resolver.js";
import { AuditEventsResolver } from "./rooms/administration/audit-events.resolver.js";
import { OAuthClientsResolver } from "./rooms/administration/oauth-clients.resolver.js";
import { SecurityPolicyChangeResolver } from "./rooms/administration/security-policy-change.resolver.js";
import { ServiceApiTokensResolver } from "./rooms/administration/service-api-tokens.resolver.js";
import { TwoFactorResetRequestEntity } from "./rooms/administration/two-factor-reset-request.entity.js";
import { TwoFactorResetsResolver } from "./rooms/administration/two-factor-resets.resolver.js";
import { ApiTokenEntity } from "./rooms/api-tokens/api-token.entity.js";
import { AccountApiTokensResolver, ApiTokensResolver } from "./rooms/api-tokens/api-tokens.resolver.js";
import { AuditChainEntity } from "./rooms/audit/audit-chain.entity.js";
import { AuditEventEntity } from "./rooms/audit/audit-event.entity.js";
import { CredentialsResolver } from "./rooms/credentials/credentials.resolver.js";
import { AccountApplicationsResolver, ApplicationsResolver } from "./rooms/oauth/applications.resolver.js";
import { OAuthAuthorizationEntity } from "./rooms/oauth/authorization.entity.js";
import { AuthorizationRequestEntity } from "./rooms/oauth/authorization-request.entity.js";
import { AuthorizationRequestsResolver } from "./rooms/oauth/authorization-requests.resolver.js";
import { OAuthClientEntity } from "./rooms/oauth/client.entity.js";
import { OAuthClientAccountEntity } from "./rooms/oauth/client-account.entity.js";
import { OAuthGrantEntity } from "./rooms/oauth/grant.entity.js";
import { RetiredKeyEntity } from "./rooms/oauth/retired-key.entity.js";
import { SigningKeyEntity } from "./rooms/oauth/signing-key.entity.js";
import { OAuthTokenEntity } from "./rooms/oauth/token.entity.js";
import { PolicyResolver } from "./rooms/policy/policy.graphql.js";
import { SecurityPolicyEntity } from "./rooms/policy/security-policy.entity.js";
import { LoginChallengeEntity } from "./rooms/sessions/login-challenge.entity.js";
import { SessionEntity } from "./rooms/sessions/session.entity.js";
import { AccountSessionsResolver, SessionsResolver } from "./rooms/sessions/sessions.resolver.js";
import { ProfileResolver } from "./rooms/settings/profile.resolver.js";
import { TwoFactorSettingsResolver } from "./rooms/settings/two-factor.resolver.js";
import { RecoveryCodeEntity } from "./rooms/two-factor/recovery-codes/recovery-code.entity.js";
import { AuthenticatorEntity } from "./rooms/two-factor/totp/authenticator.entity.js";
import { TotpEnrollmentEntity } from "./rooms/two-factor/totp/totp-enrollment.entity.js";
import { AccountTwoFactorResolver, TwoFactorResolver } from "./rooms/two-factor/two-factor.graphql.js";

/** Every table, room by room in the order of the line. */
export const entities = [
  ...[AuditEventEntity, AuditChainEntity],
  SecurityPolicyEntity,
  ...[AccountEntity, UnknownLoginNameEntity, MailLinkEntity],
  ...[AuthenticatorEntity, TotpEnrollmentEntity, RecoveryCodeEntity],
  ...[SessionEntity, LoginChallengeEntity],
  ApiTokenEntity,
  ...[OAuthClientEntity, OAuthClientAccountEntity, OAuthGrantEntity, OAuthAuthorizationEntity],
  ...[OAuthTokenEntity, AuthorizationRequestEntity, SigningKeyEntity, RetiredKeyEntity],
  TwoFactorResetRequestEntity,
];

/** What each room adds to the GraphQL schema. */
export const resolvers: NonEmptyArray<new () => object> = [
  PolicyResolver,
  ...[AccountTwoFactorResolver, TwoFactorResolver],
  CredentialsResolver,
  ...[SessionsResolver, AccountSessionsResolver],
  ...[ApiTokensResolver, AccountApiTokensResolver],
  ...[ApplicationsResolver, AccountApplicationsResolver],
  AuthorizationRequestsResolver,
  ...[TwoFactorSettingsResolver, ProfileResolver],
  ...[AccountsAdministrationResolver, ServiceApiTokensResolver],
  ...[TwoFactorResetsResolver, SecurityPolicyChangeResolver],
  ...[OAuthClientsResolver, AuditEventsResolver],
];
