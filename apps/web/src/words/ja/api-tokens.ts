import type { apiTokens as english } from "../en/api-tokens";

export const apiTokens: typeof english = {
  title: "APIトークン",
  introduction:
    "スクリプトやサービスは、パスワードの代わりにトークンでAPIを呼び出します。できることはここで選んだ範囲だけで、あなたの権限を超えることはありません。",
  name: "名前",
  nameHint: "何に使うか。例:「夜間バックアップ」",
  scopes: "できること",
  lastUsed: "最終利用",
  ends: "有効期限",
  none: "APIトークンはまだありません。",
  createTitle: "トークンを作成する",
  create: "トークンを作成",
  lastDay: "有効期限(この日の終わりまで)",
  lastDayHint: "日付がなければ、取り消すまで使えます。",
  created: "作成したトークンです。今コピーしてください。二度と表示されません。",
  revoke: "取り消す",
  revokeOf: (name) => `取り消す: ${name}`,
  revokeTitle: (name) => `「${name}」を取り消しますか?`,
  revokeHint: "このトークンを使っているものは、ただちに拒否されます。取り消したトークンは元に戻せません。",
  revoked: "トークンを取り消しました。",
};
