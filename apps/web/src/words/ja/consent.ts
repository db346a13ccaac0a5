import type { consent as english } from "../en/consent";

export const consent: typeof english = {
  title: (issuer) => `${issuer}アカウントへのアクセスを許可しますか?`,
  asks: (name, host) => `${name}(${host})が次の許可を求めています。`,
  as: (displayName, loginName) => `${displayName}(${loginName})としてログインしています。`,
  allow: "許可する",
  deny: "許可しない",
  notMe: "別のアカウントでログイン",
  goneTitle: "完了できませんでした",
  gone: "このリクエストは、回答済みか、5分が過ぎて期限切れか、別のブラウザーまたはアカウントのものです。アプリケーションに戻って、最初からやり直してください。",
};
