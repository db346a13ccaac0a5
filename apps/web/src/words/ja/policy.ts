import type { policy as english } from "../en/policy";
import { inJapanese as number } from "../numbers";

export const policy: typeof english = {
  title: "セキュリティポリシー",
  introduction: "組織のすべてのアカウントに適用されます。",
  trialTitle: "無料お試し",
  trialStartedOn: "お試し開始日",
  trialMeans: "2要素認証は、2019年9月8日以降に無料お試しを開始した組織で利用できます。",
  trialTooOld:
    "お試し開始日が2019年9月8日より前のため、この組織では2要素認証を利用できません。必須にすることもできません。",
  twoFactorTitle: "2要素認証",
  rule: "2要素認証を使う人",
  rules: {
    FORBIDDEN: "誰も使わない",
    OPTIONAL: "使いたい人が使う",
    REQUIRED_FOR_ADMINISTRATORS: "管理者は必須、ほかの人は任意",
    REQUIRED: "全員必須",
  },
  rulesMean: {
    FORBIDDEN:
      "確認コードは求められず、新たに設定することもできません。設定済みの内容は、再び許可されるまで休止します。",
    OPTIONAL: "各自が決めます。設定した人は、ログインのたびに確認コードを入力します。",
    REQUIRED_FOR_ADMINISTRATORS: "2要素認証を設定していない管理者は、次のログイン時に設定します。",
    REQUIRED:
      "設定していない人は、次のログイン時に設定します。パスワードを付けたリクエストは拒否されます。ゲストは引き続きパスワードだけでログインします。",
  },
  requiredFrom: "必須にする日時",
  requiredFromHint: (zone) =>
    `それまでは案内が表示され、各自で設定できます。空欄にすると、すぐに必須になります。タイムゾーンは${zone}です。`,
  requiredAtOnce: "すぐに",
  resetNeedsApproval: "ほかの人の2要素認証を無効にするとき、別の管理者の承認を必要とする",
  resetNeedsApprovalHint: "承認を最長24時間待ちます。有効な管理者が3人以上必要です。",
  loginsTitle: "ログインの失敗",
  maximumFailedAttempts: "アカウントをロックするまでの失敗回数",
  maximumFailedAttemptsHint: "パスワードと確認コードの失敗の合計です。1から1,000まで。",
  lock: "ロックの解除",
  lockByTime: "一定の時間がたつと自動で解除",
  lockByAdministrator: "管理者が解除するまでロック",
  lockoutMinutes: "解除までの時間(分)",
  lockoutMinutesHint: "1から525,600(1年)まで。",
  sessionsTitle: "セッション",
  sessionIdle: "使われていないセッションが終了するまでの時間",
  sessionLifetime: "ログインからセッションが終了するまでの時間",
  amount: "数",
  unit: "単位",
  units: { seconds: "秒", minutes: "分", hours: "時間", days: "日" },
  passwordsTitle: "パスワード",
  passwordMinimumLength: "パスワードの最小文字数",
  passwordMinimumLengthHint: "8から128まで。今のパスワードは、変更するまでそのまま使えます。",
  outOfRange: (from, to) => `${number(from)}から${number(to)}までの整数を入力してください。`,
  check: "確認して保存",
  nothingChanged: "まだ何も変更されていません。",
  mistakes: "修正が必要な項目があります。該当する項目を確認してください。",
  saved: "セキュリティポリシーを保存しました。",
  previewTitle: "このポリシーを保存しますか?",
  changes: "変更点",
  changed: (before, after) => `${before} → ${after}`,
  yes: "はい",
  no: "いいえ",
  effects: "影響を受ける人",
  effectsFromDate: "今すぐ適用した場合に影響を受ける人(実際には指定した日時の時点の状況によります)",
  nobodyTouched: "影響を受ける人はいません。終了するセッションも、使えなくなるものもありません。",
  withoutTwoFactor: (count) =>
    `${number(count)}人が2要素認証を設定していません。次のログイン時に設定が必要です。`,
  passwordCallers: (count) =>
    `${number(count)}個のアカウントが過去30日間にパスワードを付けたリクエストを送りました。今後は拒否されます。`,
  sessionsEnded: (count) => `${number(count)}件のセッションが終了します。`,
  guestsExempt: (count) => `${number(count)}人のゲストは、引き続きパスワードだけでログインします。`,
  yourselfToo:
    "ご自身も2要素認証を設定していません。あなたのセッションも終了し、次のログイン時に設定が必要です。",
  confirm: "ポリシーを保存",
};
