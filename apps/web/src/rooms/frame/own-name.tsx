import type { ReactElement } from "react";
import { useViewer } from "./viewer";

/** For password managers, which look for a name beside a password. */
export function OwnName(): ReactElement {
  const { viewer } = useViewer();
  return <input name="username" autoComplete="username" value={viewer.loginName} readOnly hidden />;
}
