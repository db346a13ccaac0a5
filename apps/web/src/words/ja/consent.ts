import type { consent as english } from "../en/consent";

export const consent: typeof english = {
  title: (issuer) => `${issuer}アカウントへのアクセスを許可しますか?`,
  asks: (name, host) => `${name}(${host})が次の許可を求めています。`,
  lasts: (seconds) =>
    seconds < 86_400
      ? `この許可は${seconds / 3600}時間有効です。`
      : `この許可は最長${seconds / 86_400}日間有効です。アカウント設定でいつでも取り消せます。`,
  as: (displayName, loginName) => `${displayName}(${loginName})としてログインしています。`,
  allow: "許可する",
  deny: "許可しない",
  notMe: "別のアカウントでログイン",
  goneTitle: "完了できませんでした",
  gone: "このリクエストは、回答済みか、5分が過ぎて期限切れか、別のブラウザーまたはアカウントのものです。アプリケーションに戻って、最初からやり直してください。",
};
