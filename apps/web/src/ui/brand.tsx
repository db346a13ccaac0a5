import type { ReactElement } from "react";
import "./brand.css";

/** The organization's name for this server, as the server put it into the page. */
export const issuerName: string =
  document.querySelector<HTMLMetaElement>("meta[name=application-name]")?.content ?? "Keyturn";

/** Whose server this is. */
export function Brand(): ReactElement {
  return <p className="brand">{issuerName}</p>;
}
