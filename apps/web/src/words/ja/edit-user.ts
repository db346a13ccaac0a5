import type { editUser as english } from "../en/edit-user";

export const editUser: typeof english = {
  title: (displayName) => `ユーザーの変更：${displayName}`,
  back: "アカウント一覧へ戻る",
  gone: "このアカウントは存在しないか、削除されました。",
  yourself: "ご自身のアカウントです。",
  endsOwn: "ご自身のアカウントです。すぐにログアウトされ、ご自身で元に戻すことはできません。",
  leavesAdministration:
    "ご自身のアカウントです。管理ページは使えなくなり、元に戻せるのはほかの管理者だけです。",
  createdAt: "作成日時",
  lockedUntil: (at) => `${at}までロック中`,
  hints: {
    emailAddress:
      "パスワード設定用のリンクの送り先です。変更は、本人の確認なしにすぐ反映されます。送信済みのリンクは使えなくなり、変更前と変更後のアドレスに通知されます。空欄にすると、メールは送られません。",
    suspend:
      "すべてのセッションが終了し、送信済みのリンクは使えなくなり、このアカウントは一切使えなくなります。このアカウントからの2要素認証の無効化申請は取り下げられます。APIトークンと連携アプリケーションは、一時停止のために残さないかぎり、完全に無効になります。パスワードと2要素認証はそのままです。",
    delete:
      "セッション、APIトークン、連携アプリケーション、2要素認証など、すべてがすぐに使えなくなり、元に戻せません。監査ログの記録は残ります。",
  },
  hintsOfService: {
    emailAddress:
      "このアカウントについてのお知らせの送り先です。変更はすぐに反映され、変更前と変更後のアドレスに通知されます。空欄にすると、メールは送られません。",
    suspend:
      "このアカウントは一切使えなくなります。APIトークンと、このアカウントで動作するクライアントのトークンは、一時停止のために残さないかぎり、完全に無効になります。このアカウントからの2要素認証の無効化申請は取り下げられます。",
    delete:
      "APIトークンも、このアカウントでのクライアントの動作も、すべてがすぐに使えなくなり、元に戻せません。監査ログの記録は残ります。",
  },
  profile: "プロフィール",
  loginName: "ログイン名",
  loginNameHint: "変更しても、2要素認証はそのままです。",
  displayName: "表示名",
  language: "言語",
  emailAddress: "メールアドレス",
  emailAddressSame: "すでにこのアドレスです。",
  emailAddressSaved: (told) => `メールアドレスを変更しました。通知の送信先：${told}`,
  saveEmailAddress: "メールアドレスを保存",
  roleTitle: "役割",
  roleNow: {
    USER: "このアカウントは一般ユーザーです。",
    ADMINISTRATOR: "このアカウントは管理者です。",
  },
  roleOfGuest: "ゲストは管理者になれません。",
  roleActs: { USER: "一般ユーザーにする", ADMINISTRATOR: "管理者にする" },
  roleTitles: {
    USER: "このアカウントを一般ユーザーにしますか?",
    ADMINISTRATOR: "このアカウントを管理者にしますか?",
  },
  roleHints: {
    USER: "管理機能は、APIトークンからも使えなくなります。このアカウントからの2要素認証の無効化申請は取り下げられます。",
    ADMINISTRATOR: "すべてのアカウントとセキュリティポリシーを変更できるようになります。",
  },
  roleEndsSessions: "管理者に2要素認証が必須の場合、2要素認証なしのセッションは終了します。",
  roleChanged: "役割を変更しました。",
  twoFactor: "2要素認証",
  twoFactorState: "状態",
  twoFactorSince: "有効にした日時",
  authenticators: "認証アプリ",
  recoveryCodes: "残りのリカバリーコード",
  requiredFrom: "必須になる日時",
  dormant: "現在、セキュリティポリシーで2要素認証が禁止されているため、確認コードは求められません。",
  unavailable: {
    NOT_ALLOWED: "セキュリティポリシーで2要素認証が許可されていません。",
    TRIAL_TOO_OLD:
      "2要素認証は、2019年9月8日以降に無料お試しを開始した組織で使えます。この組織はそれより前に開始しています。",
    ACCOUNT_KIND: "ゲストとサービスアカウントは、2要素認証を使えません。",
  },
  offHint: "本人が自分のアカウント設定で有効にします。",
  codesExhausted:
    "間違ったコードが多すぎたため、アプリのコードは受け付けられません。本人がリカバリーコードを使うか、管理者がロックを解除すると、再び使えるようになります。",
  ownOff: "アカウント設定で有効にする",
  selfReset: "ご自身の2要素認証を、管理者としてここで無効にすることはできません。",
  ownTwoFactor: "アカウント設定で、コードを使って無効にする",
  reset: "無効にする",
  resetTitle: (displayName) => `${displayName}の2要素認証を無効にしますか?`,
  resetHint:
    "スマートフォンをなくした場合の操作です。認証アプリとリカバリーコードは削除され、すべてのセッションが終了し、送信済みのリンクは使えなくなります。今後はパスワードだけでログインできます。本人にはメールで通知されます。",
  request: "無効化を申請",
  requestTitle: (displayName) => `${displayName}の2要素認証の無効化を申請しますか?`,
  resetNeedsApproval:
    "セキュリティポリシーにより、別の管理者の承認が必要です。この操作は申請になり、承認されるまで何も変わりません。申請したことは、本人にメールで通知されます。",
  resetOnceApproved:
    "承認されると、認証アプリとリカバリーコードは削除され、すべてのセッションが終了し、送信済みのリンクは使えなくなります。その後はパスワードだけでログインできます。無効になったことも、本人にメールで通知されます。",
  alsoApplications:
    "アプリケーションとの連携も解除する(なくしたスマートフォンでログインしたままかもしれません)",
  alsoTokens: "APIトークンも取り消す",
  reason: "理由",
  resetReasonHint: "本人へのメールに記載され、監査ログに残ります。",
  reasonHint: "監査ログに残ります。",
  resetDone: (sessions, tokens, applications) =>
    `2要素認証を無効にしました。終了したセッション：${sessions}件。取り消したAPIトークン：${tokens}件。連携を解除したアプリケーション：${applications}件。`,
  resetPending: (until) =>
    `無効化を申請中です。${until}までに別の管理者の承認が必要です。承認されるまで何も変わりません。`,
  toResets: "無効化申請の一覧へ",
  access: "アクセス",
  isActive: "このアカウントは使用できます。",
  isSuspended: "このアカウントは停止中です。どの方法でも使えません。",
  isLocked: "失敗した試行が多すぎたため、ロックされています。",
  codesRefused: "間違ったコードが多すぎたため、ロックを解除するまで、アプリのコードは受け付けられません。",
  unlock: "ロックを解除",
  unlocked: "ロックを解除しました。",
  suspend: "停止",
  suspendTitle: (displayName) => `${displayName}を停止しますか?`,
  suspended: (sessions) => `アカウントを停止しました。終了したセッション：${sessions}件。`,
  keepTokens: "APIトークンを残す（再開後に再び使えます）",
  keepApplications: "連携アプリケーションを残す（再開後に再び使えます）",
  reinstate: "再開",
  reinstated: "アカウントを再び使えるようにしました。停止時に無効になったものは元に戻りません。",
  passwordTitle: "パスワード",
  passwordOfService: "サービスアカウントにパスワードはありません。",
  ownPassword: "アカウント設定で変更する",
  mailLink: "リンクをメールで送る",
  mailLinkTitle: "パスワード設定用のリンクを送りますか?",
  mailLinkHint: (address) =>
    `現在のパスワードと以前のリンクは使えなくなり、すべてのセッションが終了します。7日間有効なリンクを${address}に送ります。APIトークン、アプリケーション、2要素認証はそのままです。`,
  noMailAddress: "メールアドレスがないため、リンクを送れません。",
  linkMailed: (sessions) => `リンクを送りました。終了したセッション：${sessions}件。`,
  setPassword: "パスワードを設定",
  setPasswordTitle: "新しいパスワードを設定しますか?",
  setPasswordHint:
    "現在のパスワードと送信済みのリンクは使えなくなり、すべてのセッションが終了し、ロックは解除されます。本人にはパスワードを記載せずにメールで通知されます。APIトークン、アプリケーション、2要素認証はそのままです。",
  newPassword: "新しいパスワード",
  passwordSet: (sessions) => `パスワードを設定しました。終了したセッション：${sessions}件。`,
  endAll: "すべてのセッションを終了",
  endAllTitle: "このアカウントのセッションをすべて終了しますか?",
  endAllHint: "すべての端末で、すぐにログアウトされます。APIトークンとアプリケーションはそのまま使えます。",
  allEnded: (sessions) => `終了したセッション：${sessions}件。`,
  newServiceToken: "このサービスアカウントのトークンの作成",
  deleteTitle: "アカウントの削除",
  deleteAct: "削除",
  deleteQuestion: (loginName) => `アカウント「${loginName}」を完全に削除しますか?`,
  deleteConfirmation: (loginName) => `確認のため「${loginName}」と入力してください`,
  deleteMismatch: "ログイン名と一致しません。",
  deleted: (loginName) => `アカウント「${loginName}」を削除しました。`,
};
