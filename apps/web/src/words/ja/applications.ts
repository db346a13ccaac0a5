import type { applications as english } from "../en/applications";

export const applications: typeof english = {
  title: "連携アプリケーション",
  introduction:
    "ご自身に代わって操作することを許可したアプリケーションです。使わなくなったものは連携を解除してください。",
  name: "アプリケーション",
  scopes: "権限",
  since: "許可した日時",
  lastUsed: "最終利用",
  none: "連携しているアプリケーションはありません。",
  disconnect: "連携を解除",
  disconnectOf: (name) => `${name}との連携を解除`,
  disconnectTitle: (name) => `${name}との連携を解除しますか?`,
  disconnectHint: (name) =>
    `${name}は、使っているすべての端末で、すぐに拒否されるようになります。また使うには、もう一度許可してください。`,
  disconnected: "アプリケーションとの連携を解除しました。",
};
