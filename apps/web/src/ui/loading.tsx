import { type ReactElement, useEffect, useState } from "react";
import { say } from "../words/say";
import "./loading.css";

const SOON = 300;

/** Says that something is on its way; where it comes soon, nothing flickers. */
export function Loading(): ReactElement | null {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SOON);
    return () => clearTimeout(timer);
  }, []);
  return isShown ? (
    <p className="loading quiet" role="status">
      {say.everyPage.loading} …
    </p>
  ) : null;
}
