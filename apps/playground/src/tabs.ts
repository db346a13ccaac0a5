/** An operation made ready in a tab of the playground. */
export interface Tab {
  /** Its one operation has the tab's title for a name. */
  readonly query: string;
  /** JSON, to be filled in. */
  readonly variables: string;
}

const ACCOUNT = "{ id loginName displayName twoFactor { state } }";
const FAILURE = "... on UserError { code message }";

/** What an administrator does most, ready to be filled in and run. */
export const tabs: readonly Tab[] = [
  {
    query: `# Who has enabled two-factor authentication? Who has not: "DISABLED".
# Further parts of the filter: search, role, kind, status, locked.
query FindAccounts($filter: AccountFilter, $first: Int, $after: String) {
  accounts(first: $first, after: $after, filter: $filter) {
    totalCount
    nodes {
      id
      loginName
      displayName
      role
      status
      locked
      lastLoginAt
      twoFactor {
        state
        enabledAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: json({ filter: { twoFactor: "ENABLED" }, first: 20 }),
  },
  {
    query: `# One account with its second factor and its sessions, by a part of its names or address.
query FindAccount($search: String!) {
  accounts(first: 5, filter: { search: $search }) {
    nodes {
      id
      loginName
      displayName
      emailAddress
      role
      status
      locked
      twoFactor {
        state
        enabledAt
        recoveryCodesRemaining
        authenticators {
          name
          lastUsedAt
        }
      }
      sessions {
        id
        assurance
        methods
        lastUsedAt
        ipAddress
        userAgent
      }
    }
  }
}
`,
    variables: json({ search: "part of the login name" }),
  },
  {
    query: `# For a lost phone: disables two-factor authentication of another account, ends its sessions, and tells it by mail.
mutation ResetTwoFactor($input: ResetTwoFactorInput!) {
  resetTwoFactor(input: $input) {
    __typename
    ... on TwoFactorReset {
      account ${ACCOUNT}
      sessionsRevoked
      apiTokensRevoked
      applicationsRevoked
    }
    ... on TwoFactorResetPending {
      approvalId
      expiresAt
    }
    ${FAILURE}
  }
}
`,
    variables: json({ input: { accountId: "id from FindAccount", reason: "why, for the log and the mail" } }),
  },
  {
    query: `# Pending resets, which wait for a second administrator.
query PendingResets {
  twoFactorResetRequests(first: 20) {
    nodes {
      id
      account ${ACCOUNT}
      requestedBy { loginName }
      reason
      requestedAt
      expiresAt
      approvable
    }
  }
}
`,
    variables: json({}),
  },
  {
    query: `# Approves a reset that another administrator requested.
mutation ApproveReset($input: ApproveTwoFactorResetInput!) {
  approveTwoFactorReset(input: $input) {
    __typename
    ... on TwoFactorReset {
      account ${ACCOUNT}
      sessionsRevoked
    }
    ${FAILURE}
  }
}
`,
    variables: json({ input: { approvalId: "id from PendingResets" } }),
  },
  {
    query: `# Lifts the lock that failed attempts brought, and starts their count again.
mutation UnlockAccount($input: UnlockAccountInput!) {
  unlockAccount(input: $input) {
    ... on AccountUnlocked {
      account { id loginName locked }
    }
  }
}
`,
    variables: json({ input: { accountId: "id from FindAccount" } }),
  },
  {
    query: `# The security policy that is in force.
query SecurityPolicy {
  securityPolicy {
    twoFactor
    twoFactorRequiredFrom
    trialStartedOn
    maximumFailedAttempts
    lockoutMinutes
    sessionIdleSeconds
    sessionLifetimeSeconds
    passwordMinimumLength
    resetNeedsApproval
  }
}
`,
    variables: json({}),
  },
  {
    query: `# What would stop working, and for how many, if the policy were changed like this. Changes nothing.
query PreviewPolicy($input: UpdateSecurityPolicyInput!) {
  previewSecurityPolicy(input: $input) {
    accountsWithoutTwoFactor
    passwordCallersAffected
    sessionsEnded
    guestsExempt
  }
}
`,
    variables: json({ input: { twoFactor: "REQUIRED" } }),
  },
  {
    query: `# Changes the policy; what is left out stays as it is.
mutation UpdatePolicy($input: UpdateSecurityPolicyInput!) {
  updateSecurityPolicy(input: $input) {
    __typename
    ... on SecurityPolicyUpdated {
      securityPolicy {
        twoFactor
        twoFactorRequiredFrom
        maximumFailedAttempts
        lockoutMinutes
        resetNeedsApproval
      }
    }
    ${FAILURE}
  }
}
`,
    variables: json({ input: { twoFactor: "REQUIRED_FOR_ADMINISTRATORS" } }),
  },
  {
    query: `# Who did what, the newest first.
# Further parts of the filter: action, accountId, level, credential, requestId, from, to.
query AuditEvents($filter: AuditEventFilter, $first: Int, $after: String) {
  auditEvents(first: $first, after: $after, filter: $filter) {
    nodes {
      at
      action
      result
      actorLoginName
      subjectLoginName
      credential
      ipAddress
      requestId
      details { name value }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: json({ filter: { result: "FAILED" }, first: 20 }),
  },
];

function json(variables: object): string {
  return JSON.stringify(variables, null, 2);
}
