import type { applications as english } from "../en/applications";

export const applications: typeof english = {
  title: "連携アプリケーション",
  introduction:
    "あなたに代わって操作することを許可したアプリケーションです。使わなくなったものは許可を取り消してください。",
  name: "アプリケーション",
  scopes: "できること",
  since: "許可した日時",
  lastUsed: "最終利用",
  none: "連携しているアプリケーションはありません。",
  withdraw: "許可を取り消す",
  withdrawOf: (name) => `許可を取り消す: ${name}`,
  withdrawTitle: (name) => `${name} の許可を取り消しますか?`,
  withdrawHint: (name) =>
    `${name} は、使っているすべての端末でただちに拒否されます。また使うには、もう一度許可してください。`,
  withdrawn: "アプリケーションの連携を解除しました。",
};
