import type { ReactElement } from "react";
import { Link } from "wouter";
import { Badge } from "../../ui/badge";
import { Notice } from "../../ui/notice";
import { day } from "../../words/formats";
import { say } from "../../words/say";
import { obstacleOf } from "./obstacle";
import type { OwnTwoFactor } from "./own-two-factor";

/** What two-factor authentication is good for, and the way to enable it, or why there is none. */
export function DisabledTwoFactor({ own }: { readonly own: OwnTwoFactor }): ReactElement | null {
  if (own.viewer === null) return null;
  const { requiredFrom } = own.viewer.twoFactor;
  const obstacle = obstacleOf(own);
  return (
    <>
      <p>
        <Badge kind="plain">{say.twoFactorSettings.disabled}</Badge>
      </p>
      <p>{say.twoFactorSettings.introduction}</p>
      {requiredFrom !== null && (
        <Notice kind="warn">{say.twoFactorSettings.requiredFrom(day(requiredFrom))}</Notice>
      )}
      {obstacle === null ? (
        <div className="row">
          <Link href="/two-factor/configure" className="button button-main">
            {say.twoFactorSettings.enable}
          </Link>
        </div>
      ) : (
        <Notice kind="info">{obstacle}</Notice>
      )}
    </>
  );
}
