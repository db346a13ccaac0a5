import type { ReactElement } from "react";
import { Button } from "../../ui/button";
import { say } from "../../words/say";

const formToken = document.querySelector<HTMLMetaElement>("meta[name=form-token]")?.content ?? "";

/** Lets someone else log in and answer. A form, as on the page without script: it leads through a logout and back. */
export function NotMe({ id }: { readonly id: string }): ReactElement {
  return (
    <form method="post" action={`/consent/${id}`} className="aside">
      <input type="hidden" name="form" value={formToken} />
      <input type="hidden" name="answer" value="not-me" />
      <Button kind="plain" type="submit">
        {say.consent.notMe}
      </Button>
    </form>
  );
}
