import type { stepUp as english } from "../en/step-up";

export const stepUp: typeof english = {
  title: "本人確認",
  introduction: "この操作を行うには、もう一度本人確認が必要です。",
  submit: "確認",
  as: (loginName) => `${loginName}としてログインしています。`,
};
