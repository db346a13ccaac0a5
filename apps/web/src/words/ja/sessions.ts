import type { sessions as english } from "../en/sessions";

export const sessions: typeof english = {
  title: "セッション",
  introduction:
    "現在ログインしている端末の一覧です。心当たりのないものは終了し、パスワードを変更してください。",
  device: "端末",
  address: "IPアドレス",
  lastUsed: "最終利用",
  loggedIn: "ログイン日時",
  provenBy: "確認方法",
  proofs: {
    password: "パスワード",
    code: "パスワードと確認コード",
    recoveryCode: "パスワードとリカバリーコード",
  },
  thisSession: "このセッション",
  unknownDevice: "不明な端末",
  browserOn: (browser, system) => `${browser}(${system})`,
  none: "セッションはありません。",
  nowhereElse: "ほかの場所ではログインしていません。",
  end: "終了",
  endOf: (device) => `${device}のセッションを終了`,
  endTitle: "このセッションを終了しますか?",
  endHint: (device, lastUsed) =>
    `${device}(最終利用：${lastUsed})は、すぐにログアウトされます。保存していない内容は失われます。`,
  ended: "セッションを終了しました。",
  endOthers: "ほかをすべて終了",
  endOthersTitle: "ほかのセッションをすべて終了しますか?",
  endOthersHint:
    "この端末以外は、すぐにログアウトされます。APIトークンと連携アプリケーションはそのまま使えます。",
  othersEnded: (count) => `${count}件のセッションを終了しました。`,
};
