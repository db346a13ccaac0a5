import type { administration as english } from "../en/administration";

export const administration: typeof english = {
  accounts: "アカウント",
};
