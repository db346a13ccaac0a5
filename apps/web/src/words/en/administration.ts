/** What every page of the administration says. */
export const administration = {
  accounts: "Accounts",
};
